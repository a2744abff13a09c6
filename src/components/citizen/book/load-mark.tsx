import { clsx } from "clsx";
import type { Load } from "./wish";

const BARS: Record<Load, number> = { free: 1, some: 2, busy: 3, full: 4 };
const COLOURS: Record<Load, string> = { free: "text-good", some: "text-brand", busy: "text-warn", full: "text-ink-soft" };

/** How full a time is, as word, number of bars and colour (JY-6.3d). */
export function LoadMark({ load, label }: { load: Load; label: string }) {
  return (
    <span className={clsx("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", COLOURS[load])}>
      <svg aria-hidden viewBox="0 0 16 12" className="h-3 w-4 shrink-0">
        {[0, 1, 2, 3].map((bar) => <rect key={bar} x={bar * 4} y={9 - bar * 3} width={3} height={3 + bar * 3} className={bar < BARS[load] ? "fill-current" : "fill-none stroke-current"} strokeWidth={0.6} />)}
      </svg>
      {label}
    </span>
  );
}
