"use client";
import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import { type ReactNode, useId } from "react";

export function KeyHint({ children, inverse = false }: { children: ReactNode; inverse?: boolean }) {
  return <kbd aria-hidden className={clsx("rounded border px-1.5 font-sans text-xs font-normal", inverse ? "border-white/60" : "border-line-strong text-ink-soft")}>{children}</kbd>;
}

interface ActionButtonProps {
  label: string;
  keyName?: string;
  /** Sentence that says why it does nothing now; the button stays reachable and says it when pressed. */
  blocked?: string;
  /** Second line of fixed height: seconds left, what will be undone. */
  note?: string;
  pending?: boolean;
  onPress: () => void;
  className?: string;
}

/**
 * A secondary action of the desk. Not `disabled`, so that the key focus stays and the reason can be read; a mouse press
 * takes no focus, so that Space remains the primary action.
 */
export function ActionButton({ label, keyName, blocked, note, pending, onPress, className }: ActionButtonProps) {
  const reason = useId();
  return (
    <button
      type="button" data-slot="action" onMouseDown={(event) => event.preventDefault()} onClick={onPress} title={blocked} aria-disabled={blocked ? true : undefined} aria-busy={pending}
      aria-describedby={blocked ? reason : undefined} aria-keyshortcuts={keyName}
      className={clsx("flex min-h-14 flex-col items-center justify-center rounded-base border px-2 py-1 font-medium", blocked ? "cursor-not-allowed border-line bg-canvas text-ink-soft" : "border-line-strong bg-surface text-brand hover:bg-brand-soft active:bg-brand-soft", className)}
    >
      <span className="flex items-center gap-1.5">
        {/* The spinner takes the place of the key, so that no label wraps. */}
        {label}{pending ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : keyName ? <KeyHint>{keyName}</KeyHint> : null}
      </span>
      {note === undefined ? null : <span className="h-4 max-w-full truncate text-xs leading-4 font-normal text-ink-soft">{note}</span>}
      {blocked ? <span id={reason} className="sr-only">{blocked}</span> : null}
    </button>
  );
}
