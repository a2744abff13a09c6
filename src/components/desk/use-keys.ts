"use client";
import { useEffect, useRef } from "react";

/** The key without modifiers as a capital letter, a digit, or "SPACE"; undefined when the page must not react. */
function keyOf(event: KeyboardEvent): string | undefined {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest("input, textarea, select, [contenteditable='true'], [role='dialog']")) return undefined;
  if (event.code === "Space") return target?.closest("button, a, summary, [role='button'], [role='tab']") ? undefined : "SPACE";
  // With a Chinese input method on, `key` is "Process"; the physical key still says which one it was.
  if (event.code.startsWith("Key")) return event.key.length === 1 ? event.key.toUpperCase() : event.code.slice(3);
  return undefined;
}

/** Calls `onKey` for keys of the desk; `enabled` is false while a dialog is open. */
export function useKeys(enabled: boolean, onKey: (key: string) => boolean): void {
  const handler = useRef(onKey);
  useEffect(() => { handler.current = onKey; }, [onKey]);
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (key && handler.current(key)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [enabled]);
}
