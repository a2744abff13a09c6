"use client";
import { clsx } from "clsx";
import { Check, LoaderCircle, Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

export interface PickOption {
  id: string;
  title: string;
  /** Second line: where it leads to. */
  detail?: ReactNode;
  /** Shown at the right end, e.g. how many wait. */
  tag?: ReactNode;
}

interface PickListProps {
  id: string;
  label: string;
  placeholder?: string;
  query: string;
  onQuery: (query: string) => void;
  options: PickOption[];
  selected?: string;
  onSelect: (id: string) => void;
  empty: string;
  loading?: boolean;
  autoFocus?: boolean;
  listClassName?: string;
}

/** A search field with its results below: arrows move, Enter picks, a click picks. */
export function PickList({ id, label, placeholder, query, onQuery, options, selected, onSelect, empty, loading, autoFocus, listClassName }: PickListProps) {
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const at = Math.min(active, Math.max(0, options.length - 1));
  useEffect(() => setActive(0), [query]);
  useEffect(() => { list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: "nearest" }); }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const option = options[at];
    if (event.key === "ArrowDown") setActive(Math.min(at + 1, options.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(at - 1, 0));
    // Enter on what is picked already goes on to the form's own button.
    else if (event.key === "Enter" && option && option.id !== selected) onSelect(option.id);
    else return;
    event.preventDefault();
  };

  return (
    <div data-slot="pick-list" className="group flex min-h-0 flex-col gap-2">
      <label htmlFor={id} className="min-h-7 font-medium">{label}</label>
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft" />
        <input
          id={id} type="text" role="combobox" aria-expanded={options.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list" autoComplete="off" autoFocus={autoFocus}
          aria-activedescendant={options[at] ? `${id}-${at}` : undefined} value={query} placeholder={placeholder} onChange={(event) => onQuery(event.target.value)} onKeyDown={onKeyDown}
          className="min-h-11 w-full rounded-base border border-line-strong bg-surface pr-10 pl-10 placeholder:text-ink-soft"
        />
        {loading ? <LoaderCircle aria-hidden className="absolute top-1/2 right-3 size-5 -translate-y-1/2 animate-spin text-ink-soft" /> : null}
      </div>
      <div className={clsx("rounded-base border border-line", listClassName ?? "h-64")}>
        {options.length === 0 ? <p role="status" className="p-4 text-ink-soft">{loading ? "" : empty}</p> : null}
        <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} hidden={options.length === 0} className="h-full overflow-y-auto">
          {options.map((option, index) => (
            <li
              key={option.id} id={`${id}-${index}`} data-at={index} role="option" aria-selected={option.id === selected} onClick={() => { setActive(index); onSelect(option.id); }}
              className={clsx("flex min-h-11 cursor-pointer items-center gap-2 border-b border-line px-3 py-1.5 last:border-b-0", option.id === selected ? "bg-brand-soft" : "bg-surface hover:bg-canvas", index === at && "-outline-offset-2 outline-brand group-focus-within:outline-2")}
            >
              <Check aria-hidden className={clsx("size-4 shrink-0 text-brand", option.id === selected ? "" : "invisible")} />
              <span className="min-w-0 flex-1"><span className="block">{option.title}</span>{option.detail ? <span className="block text-sm text-ink-soft">{option.detail}</span> : null}</span>
              {option.tag ? <span className="shrink-0 text-sm text-ink-soft">{option.tag}</span> : null}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
