"use client";
import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";

export interface FormError {
  text: string;
  /** Id of the field that it belongs to. */
  field?: string;
}

/** All errors of a form on top, each leading to its field; takes the focus when it appears. */
export function ErrorSummary({ title, errors }: { title: string; errors: FormError[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (errors.length > 0) box.current?.focus(); }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} data-slot="error-summary" className="rounded-base border-2 border-bad bg-bad-soft px-4 py-3">
      <p className="flex items-center gap-2 font-semibold text-bad"><CircleAlert aria-hidden className="size-5 shrink-0" />{title}</p>
      <ul className="mt-1 pl-7">
        {errors.map((error) => <li key={error.text}>{error.field ? <a href={`#${error.field}`} onClick={(event) => { event.preventDefault(); document.getElementById(error.field!)?.focus(); }} className="text-bad underline">{error.text}</a> : error.text}</li>)}
      </ul>
    </div>
  );
}
