"use client";
import { CircleAlert } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { TextField } from "@/components/ui/field";

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

interface PasswordFieldProps {
  id: string;
  name: string;
  label: string;
  hint?: string;
  error?: string;
  value: string;
  visible: boolean;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
  onChange: (value: string) => void;
  onCaps: (on: boolean) => void;
}

export function PasswordField({ visible, onChange, onCaps, value, ...rest }: PasswordFieldProps) {
  const watch = (event: KeyboardEvent) => onCaps(event.getModifierState("CapsLock"));
  return <TextField {...rest} required type={visible ? "text" : "password"} value={value} maxLength={128} spellCheck={false} autoCapitalize="none" onChange={(event) => onChange(event.target.value)} onKeyDown={watch} onKeyUp={watch} onBlur={() => onCaps(false)} />;
}

/** Shows what is typed; beside it the caps-lock hint, so that nothing moves when it comes. */
export function ShowPassword({ id, visible, caps, onChange }: { id: string; visible: boolean; caps: boolean; onChange: (visible: boolean) => void }) {
  const t = useTranslations("login");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4">
      <label htmlFor={id} className="flex min-h-11 items-center gap-2"><input id={id} type="checkbox" checked={visible} onChange={(event) => onChange(event.target.checked)} className="size-5 accent-brand" />{t("showPassword")}</label>
      <p role="status" className="text-sm font-medium text-warn">{caps ? t("capsLock") : ""}</p>
    </div>
  );
}
