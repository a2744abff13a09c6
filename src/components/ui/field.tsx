import { clsx } from "clsx";
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";

const CONTROL = "w-full rounded-base border border-line-strong bg-surface px-3 min-h-11 aria-[invalid=true]:border-bad";

export interface FieldFrame {
  label: string;
  hint?: string;
  /** Shown below the control and announced with it. */
  error?: string;
  id: string;
}

function Frame({ label, hint, error, id, required, children }: FieldFrame & { required?: boolean; children: ReactNode }) {
  return (
    <div data-slot="field" className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">{label}{required ? <span aria-hidden className="text-bad"> *</span> : null}</label>
      {hint ? <p id={`${id}-hint`} className="text-sm text-ink-soft">{hint}</p> : null}
      {children}
      {error ? <p id={`${id}-error`} role="alert" className="text-sm text-bad">{error}</p> : null}
    </div>
  );
}

const described = ({ id, hint, error }: FieldFrame) => ({
  id,
  "aria-invalid": error ? true : undefined,
  "aria-describedby": clsx(hint && `${id}-hint`, error && `${id}-error`) || undefined,
});

export function TextField({ label, hint, error, id, className, ...rest }: FieldFrame & Omit<InputHTMLAttributes<HTMLInputElement>, "id">) {
  const frame = { label, hint, error, id };
  return <Frame {...frame} required={rest.required}><input {...described(frame)} className={clsx(CONTROL, className)} {...rest} /></Frame>;
}

export function SelectField({ label, hint, error, id, className, children, ...rest }: FieldFrame & Omit<SelectHTMLAttributes<HTMLSelectElement>, "id">) {
  const frame = { label, hint, error, id };
  return <Frame {...frame} required={rest.required}><select {...described(frame)} className={clsx(CONTROL, className)} {...rest}>{children}</select></Frame>;
}
