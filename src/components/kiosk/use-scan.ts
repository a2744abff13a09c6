"use client";
import { useEffect, useRef } from "react";
import type { Shown } from "./use-check-in";

/** A pause as no scanner makes it: what was typed before does not belong to it. */
const PAUSE = 3_000;
const LINK = /\/[at]\/([\w.-]{16,128})\/?$/;
const NUMBER = /Y(\d{6})$/i;

/** A booking's link or number at the end of what was typed. */
export function scanned(text: string): Shown | undefined {
  const link = LINK.exec(text)?.[1];
  const number = NUMBER.exec(text)?.[1];
  return link ? { by: "token", text: link } : number ? { by: "number", text: number } : undefined;
}

/** Reads along what a scanner types, wherever the focus is: signs in quick succession and Enter. */
export function useScan(active: boolean, onScan: (shown: Shown) => void): void {
  const handler = useRef(onScan);
  useEffect(() => {
    handler.current = onScan;
  });
  useEffect(() => {
    if (!active) return;
    let text = "";
    let last = 0;
    const read = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.timeStamp - last > PAUSE) text = "";
      last = event.timeStamp;
      if (event.key.length === 1) return void (text = (text + event.key).slice(-300));
      if (event.key !== "Enter") return;
      const shown = scanned(text);
      text = "";
      if (!shown) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      handler.current(shown);
    };
    addEventListener("keydown", read, true);
    return () => removeEventListener("keydown", read, true);
  }, [active]);
}
