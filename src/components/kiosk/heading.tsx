"use client";
import { type ReactNode, useEffect, useRef } from "react";

/** The question of a screen. It takes the focus, so that a screen reader says it and the keyboard starts from the top. */
export function Heading({ children, focus = true }: { children: ReactNode; focus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus({ preventScroll: true });
  }, [focus]);
  return <h1 ref={heading} tabIndex={-1} className="text-4xl leading-tight font-semibold">{children}</h1>;
}
