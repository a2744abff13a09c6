import { clsx } from "clsx";
import { CircleAlert, CircleCheck, CircleDashed, CirclePause, Info, LoaderCircle, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  neutral: "bg-canvas text-ink-soft border-line",
  info: "bg-brand-soft text-brand-strong border-brand",
  good: "bg-good-soft text-good border-good",
  warn: "bg-warn-soft text-warn border-warn",
  bad: "bg-bad-soft text-bad border-bad",
} as const;
export type Tone = keyof typeof TONES;

const SHAPES = { neutral: CircleDashed, info: Info, good: CircleCheck, warn: CirclePause, bad: CircleAlert } as const;

/** A state as word, colour and shape; never colour alone. */
export function StateChip({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  const Shape = SHAPES[tone];
  return (
    <span data-slot="state" className={clsx("inline-flex items-center gap-1 rounded-base border px-2 py-0.5 text-sm font-medium whitespace-nowrap", TONES[tone])}>
      <Shape aria-hidden className="size-4 shrink-0" />{children}
    </span>
  );
}

/** A message in the page: what happened, what is safe, what to do next. */
export function Banner({ tone = "info", title, children, role = tone === "bad" ? "alert" : "status" }: { tone?: Tone; title?: string; children?: ReactNode; role?: "alert" | "status" }) {
  return (
    <div data-slot="banner" role={role} className={clsx("flex gap-3 rounded-base border px-4 py-3", TONES[tone])}>
      <TriangleAlert aria-hidden className={clsx("size-5 shrink-0 mt-0.5", (tone === "info" || tone === "good" || tone === "neutral") && "hidden")} />
      <div>{title ? <p className="font-semibold">{title}</p> : null}{children}</div>
    </div>
  );
}

export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div data-slot="empty" className="rounded-base border border-dashed border-line-strong bg-surface px-6 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children ? <div className="mt-2 text-ink-soft">{children}</div> : null}
    </div>
  );
}

export function Loading({ label }: { label: string }) {
  return <p role="status" className="flex items-center gap-2 text-ink-soft"><LoaderCircle aria-hidden className="size-5 animate-spin" />{label}</p>;
}
