"use client";
import { useRouter } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";

/** Lets the whole row be pressed; text can still be selected, and the link in the first cell serves the keyboard. */
export function RowLinks({ children }: { children: ReactNode }) {
  const router = useRouter();
  const open = (event: MouseEvent<HTMLDivElement>) => {
    const target = event.target as Element;
    const href = target.closest<HTMLElement>("tr[data-href]")?.dataset.href;
    if (!href || target.closest("a, button, input, select, label") || window.getSelection()?.toString()) return;
    if (event.metaKey || event.ctrlKey) window.open(href, "_blank", "noopener");
    else router.push(href);
  };
  return <div onClick={open}>{children}</div>;
}
