"use client";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface ChoiceButtonProps {
  title: string;
  hint?: ReactNode;
  icon?: ReactNode;
  onClick: () => void;
  /** Where a keyboard takes half of the screen. */
  compact?: boolean;
}

/** One large choice in a list. */
export function ChoiceButton({ title, hint, icon, onClick, compact }: ChoiceButtonProps) {
  return (
    <button type="button" onClick={onClick} className="flex items-center gap-4 rounded-base border border-line-strong bg-surface px-5 py-1 text-left active:bg-brand-soft">
      {icon}
      <span className="min-w-0 flex-1">
        <span className={clsx("line-clamp-2 leading-tight font-semibold", compact ? "text-lg" : "text-xl")}>{title}</span>
        {hint ? <span className="mt-0.5 block text-ink-soft">{hint}</span> : null}
      </span>
      <ChevronRight aria-hidden className="size-7 shrink-0 text-brand" />
    </button>
  );
}
