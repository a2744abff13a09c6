"use client";
import { clsx } from "clsx";
import { Menu } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import type { MenuGroup } from "./menu";

interface HallEntry {
  code: string;
  name: string;
}

interface AdminMenuProps {
  groups: readonly MenuGroup[];
  /** Halls to choose from; absent for those who have one only. */
  halls?: readonly HallEntry[];
  texts: { label: string; open: string; hall: string; allHalls: string };
}

/** At the left on wide screens, a menu to open below that. Links keep the chosen hall. */
export function AdminMenu(props: AdminMenuProps) {
  const path = usePathname();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (details.current) details.current.open = false;
  }, [path]);
  return (
    <>
      <details ref={details} className="no-print border-b border-line bg-surface lg:hidden">
        <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 px-4 font-medium"><Menu aria-hidden className="size-5" />{props.texts.open}</summary>
        <div className="px-4 pb-4"><Links {...props} path={path} id="small" /></div>
      </details>
      <div className="no-print hidden w-52 shrink-0 border-r border-line bg-surface lg:block">
        <div className="sticky top-0 max-h-dvh overflow-y-auto p-3"><Links {...props} path={path} id="wide" /></div>
      </div>
    </>
  );
}

function Links({ groups, halls, texts, path, id }: AdminMenuProps & { path: string; id: string }) {
  const hall = useSearchParams().get("hall") ?? "";
  const carry = halls && hall ? `?hall=${encodeURIComponent(hall)}` : "";
  return (
    <nav aria-label={texts.label} className="flex flex-col gap-4">
      {halls ? <HallSwitcher halls={halls} hall={hall} path={path} texts={texts} id={id} /> : null}
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4 lg:grid-cols-1">
        {groups.map((group) => (
          <div key={group.label}>
            <p className="px-2 pb-1 text-sm text-ink-soft">{group.label}</p>
            <ul>
              {group.entries.map((entry) => {
                const here = entry.href === "/admin" ? path === "/admin" : path === entry.href || path.startsWith(`${entry.href}/`);
                return (
                  <li key={entry.href}>
                    <Link href={`${entry.href}${carry}`} aria-current={here ? "page" : undefined} className={clsx("flex min-h-10 items-center rounded-base pr-2 no-underline hover:bg-brand-soft focus-visible:-outline-offset-2", here ? "border-l-4 border-brand bg-brand-soft pl-2 font-medium text-brand-strong" : "pl-3 text-ink")}>{entry.label}</Link>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}

/** Another hall shows the same page of that hall; a single record of the former one is left. */
function HallSwitcher({ halls, hall, path, texts, id }: { halls: readonly HallEntry[]; hall: string; path: string; texts: AdminMenuProps["texts"]; id: string }) {
  const router = useRouter();
  const change = (code: string) => {
    const base = path.split("/").slice(0, 3).join("/");
    router.push(code ? `${base}?hall=${encodeURIComponent(code)}` : base);
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={`hall-${id}`} className="text-sm text-ink-soft">{texts.hall}</label>
      <select id={`hall-${id}`} value={hall} onChange={(event) => change(event.currentTarget.value)} className="min-h-11 w-full rounded-base border border-line-strong bg-surface px-2">
        <option value="">{texts.allHalls}</option>
        {halls.map((entry) => <option key={entry.code} value={entry.code}>{entry.name}</option>)}
      </select>
    </div>
  );
}
