import { clsx } from "clsx";
import { Star } from "lucide-react";

/** Priority class as word and shape; the ordinary class is a plain word. */
export function ClassBadge({ code, name, className }: { code: string; name: string; className?: string }) {
  if (code === "normal") return <span className={clsx("text-ink-soft", className)}>{name}</span>;
  return (
    <span data-slot="class" className={clsx("inline-flex items-center gap-1 rounded-base border border-warn bg-warn-soft px-1.5 font-semibold whitespace-nowrap text-warn", className)}>
      <Star aria-hidden className="size-[0.9em] shrink-0 fill-current" />{name}
    </span>
  );
}
