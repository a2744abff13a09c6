"use client";
import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { TextField } from "@/components/ui/field";

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
