import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { type ListAddress, PAGE_SIZES } from "./address";

export interface PagerTexts {
  /** Already with its figures. */
  range: string;
  pages: string;
  previous: string;
  next: string;
  perPage: string;
}

interface PagerProps {
  total: number;
  address: ListAddress;
  href: (change: Partial<ListAddress>) => string;
  texts: PagerTexts;
}

/** Where one is in the list, the pages beside it, and how many rows a page has. */
export function Pager({ total, address, href, texts }: PagerProps) {
  const last = Math.max(1, Math.ceil(total / address.size));
  const step = (page: number, label: string, icon: "left" | "right") => {
    const inside = page >= 1 && page <= last && page !== address.page;
    const content = <>{icon === "left" ? <ChevronLeft aria-hidden className="size-4" /> : null}{label}{icon === "right" ? <ChevronRight aria-hidden className="size-4" /> : null}</>;
    return inside ? <Link href={href({ page })} className={buttonClass({ size: "small" })}>{content}</Link> : <span aria-hidden className={buttonClass({ size: "small" }, "invisible")}>{content}</span>;
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm text-ink-soft">
      <p role="status">{texts.range}</p>
      {total > PAGE_SIZES[0] ? (
        <p className="flex flex-wrap items-center gap-1">{texts.perPage}{PAGE_SIZES.map((size) => (size === address.size ? <strong key={size} aria-current="true" className="px-2 text-ink">{size}</strong> : <Link key={size} href={href({ size })} className="inline-flex min-h-6 items-center px-2">{size}</Link>))}</p>
      ) : null}
      {last > 1 ? <nav aria-label={texts.pages} className="flex items-center gap-2">{step(address.page - 1, texts.previous, "left")}<span className="px-1">{address.page} / {last}</span>{step(address.page + 1, texts.next, "right")}</nav> : null}
    </div>
  );
}
