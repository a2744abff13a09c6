import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** Title of a page with the way back, the hall it speaks of and its actions. */
export function PageHead({ title, hall, intro, back, children }: { title: string; hall?: string | undefined; intro?: string; back?: { href: string; label: string }; children?: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      {back ? <p><Link href={back.href} className="inline-flex min-h-8 items-center gap-1 text-sm"><ArrowLeft aria-hidden className="size-4" />{back.label}</Link></p> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h1 className="text-2xl font-semibold">{title}</h1>
          {hall ? <p className="text-ink-soft">{hall}</p> : null}
        </div>
        {children ? <div className="flex flex-wrap items-center gap-2">{children}</div> : null}
      </div>
      {intro ? <p className="max-w-3xl text-sm text-ink-soft">{intro}</p> : null}
    </div>
  );
}
