"use client";
import { getProviders, signIn } from "next-auth/react";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { ErrorSummary, type FormError } from "@/components/form/error-summary";
import { PasswordField, ShowPassword } from "./form-parts";

/** Null: signed in. Else a code, for too many tries with the seconds to wait. */
async function trySignIn(username: string, password: string): Promise<{ code: string; seconds?: number } | null> {
  try {
    // next-auth leaves the page when the server does not answer; asking first keeps what was typed.
    if (!(await getProviders())) return { code: "no_answer" };
    const result = await signIn("staff", { redirect: false, username, password });
    if (!result?.error) return result?.ok ? null : { code: "unexpected" };
    const [code = "unexpected", seconds] = result.error.split(":");
    return { code, seconds: seconds ? Number(seconds) : undefined };
  } catch {
    return { code: "no_answer" };
  }
}

export function LoginForm({ next }: { next?: string }) {
  const t = useTranslations("login");
  const refusals = useTranslations("refusals");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [visible, setVisible] = useState(false);
  const [caps, setCaps] = useState(false);
  const [pending, setPending] = useState(false);
  const [errors, setErrors] = useState<FormError[]>([]);
  const { left, wait } = useCountdown();
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (pending || left > 0) return;
    const missing: FormError[] = [...(username.trim() ? [] : [{ field: "username", text: t("usernameMissing") }]), ...(password ? [] : [{ field: "password", text: t("passwordMissing") }])];
    setErrors(missing);
    if (missing.length > 0) return;
    setPending(true);
    const failure = await trySignIn(username.trim(), password);
    if (!failure) return window.location.assign(next ? `/login?next=${encodeURIComponent(next)}` : "/login");
    setPending(false);
    if (failure.seconds) wait(failure.seconds);
    if (failure.code === "login_failed") setPassword("");
    setErrors([{ text: failure.code === "too_many_requests" ? t("tooMany") : failure.code === "no_answer" ? t("noAnswer") : refusals(refusals.has(failure.code) ? failure.code : "unexpected") }]);
  };

  return (
    // POST, so that a press before the scripts are there never puts a password into the address.
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <ErrorSummary title={t("failed")} errors={errors} />
      <TextField id="username" name="username" label={t("username")} required autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} value={username} error={errorOf("username")} onChange={(event) => setUsername(event.target.value)} />
      <div className="flex flex-col gap-1">
        <PasswordField id="password" name="password" label={t("password")} autoComplete="current-password" value={password} visible={visible} error={errorOf("password")} onChange={setPassword} onCaps={setCaps} />
        <ShowPassword id="show-password" visible={visible} caps={caps} onChange={setVisible} />
      </div>
      <Button type="submit" look="primary" size="large" disabled={left > 0} aria-busy={pending} className="w-full">{left > 0 ? t(left < 60 ? "waitSeconds" : "waitMinutes", { minutes: Math.floor(left / 60), seconds: left % 60 }) : pending ? t("signingIn") : t("submit")}</Button>
      <p className="text-sm text-ink-soft">{t("forgotten")}</p>
    </form>
  );
}

/** Seconds left of a pause; counts down by the clock, not by ticks. */
function useCountdown(): { left: number; wait: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) setUntil(0);
    }, 500);
    return () => clearInterval(timer);
  }, [until]);
  return {
    left: until === 0 ? 0 : Math.max(0, Math.ceil((until - now) / 1000)),
    wait: (seconds) => {
      setNow(Date.now());
      setUntil(Date.now() + seconds * 1000);
    },
  };
}
