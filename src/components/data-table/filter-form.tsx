"use client";
import { Search, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useTransition } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import type { ListAddress } from "./address";
import type { Column, TableTexts } from "./data-table";

export interface Filter {
  key: string;
  label: string;
  options: readonly { value: string; label: string }[];
}

interface FilterFormProps {
  path: string;
  keep: Readonly<Record<string, string>>;
  address: ListAddress;
  filters: readonly Filter[];
  columns: readonly Column[];
  texts: TableTexts;
  resetHref: string | undefined;
}

const CONTROL = "min-h-11 rounded-base border border-line-strong bg-surface px-3 text-sm";

/** Search and filters as a plain GET form: works before scripts; with them a choice acts at once and the address stays short. */
export function FilterForm({ path, keep, address, filters, columns, texts, resetHref }: FilterFormProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)] as [string, string]).filter(([, value]) => value !== "");
    const query = new URLSearchParams(entries).toString();
    startTransition(() => router.push(query ? `${path}?${query}` : path));
  };
  const form = useRef<HTMLFormElement>(null);
  // The controls show what the list shows, also after going back; set by hand so that the focus stays where it is.
  useEffect(() => {
    const values: Record<string, string> = { q: address.q ?? "", sort: address.sort ? `${address.desc ? "-" : ""}${address.sort}` : "", ...Object.fromEntries(filters.map((filter) => [filter.key, address.filters[filter.key] ?? ""])) };
    for (const [name, value] of Object.entries(values)) {
      const control = form.current?.elements.namedItem(name);
      if ((control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.value !== value) control.value = value;
    }
  }, [address, filters]);
  return (
    <form ref={form} role="search" method="get" action={path} onSubmit={submit} aria-busy={pending} className="flex flex-wrap items-end gap-x-3 gap-y-2">
      {Object.entries(keep).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} readOnly />)}
      {address.size === 50 ? null : <input type="hidden" name="size" value={address.size} readOnly />}
      <label className="flex min-w-52 flex-1 flex-col gap-1 text-sm sm:max-w-80">
        <span className="font-medium">{texts.search}</span>
        <input type="search" name="q" defaultValue={address.q} placeholder={texts.searchHint} maxLength={100} className={CONTROL} />
      </label>
      {filters.map((filter) => (
        <label key={filter.key} className="flex w-36 flex-col gap-1 text-sm max-sm:w-auto max-sm:min-w-32 max-sm:flex-1">
          <span className="font-medium">{filter.label}</span>
          <select name={filter.key} defaultValue={address.filters[filter.key] ?? ""} onChange={(event) => event.currentTarget.form?.requestSubmit()} className={CONTROL}>
            <option value="">{texts.all}</option>
            {filter.options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
          </select>
        </label>
      ))}
      <label className="flex min-w-32 flex-1 flex-col gap-1 text-sm sm:hidden">
        <span className="font-medium">{texts.sortBy}</span>
        <select name="sort" defaultValue={address.sort ? `${address.desc ? "-" : ""}${address.sort}` : ""} onChange={(event) => event.currentTarget.form?.requestSubmit()} className={CONTROL}>
          <option value="">{texts.noOrder}</option>
          {columns.filter((column) => !column.unsorted).flatMap((column) => [<option key={column.key} value={column.key}>{column.label}</option>, <option key={`-${column.key}`} value={`-${column.key}`}>{column.label} {texts.descending}</option>])}
        </select>
      </label>
      <Button type="submit" aria-disabled={pending}><Search aria-hidden className="size-4" />{texts.search}</Button>
      {resetHref ? <Link href={resetHref} className={buttonClass({ look: "quiet" })}><X aria-hidden className="size-4" />{texts.reset}</Link> : null}
    </form>
  );
}
