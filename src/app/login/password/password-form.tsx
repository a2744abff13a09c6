"use client";
import { CircleCheck, CircleDashed } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { api, newKey } from "@/components/api-client";
import { useProblemText } from "@/components/staff/use-problem-text";
import { Button } from "@/components/ui/button";
import { characterClasses, PASSWORD_RULES } from "@/lib/auth/model";
import { ErrorSummary, type FormError } from "@/components/form/error-summary";
import { PasswordField, ShowPassword } from "../form-parts";

export function PasswordForm({ username, next }: { username: string; next: string }) {
  const t = useTranslations("login.change");
  const problemText = useProblemText();
  const [values, setValues] = useState({ current: "", next: "", again: "" });
  const [visible, setVisible] = useState(false);
  const [caps, setCaps] = useState(false);
  const [pending, setPending] = useState(false);
  const [errors, setErrors] = useState<FormError[]>([]);
  const set = (field: keyof typeof values) => (value: string) => setValues((old) => ({ ...old, [field]: value }));
  const field = (name: keyof typeof values) => ({ id: name, name, value: values[name], visible, onChange: set(name), onCaps: setCaps, error: errors.find((error) => error.field === name)?.text });
  const facts = { long: values.next.length >= PASSWORD_RULES.min, varied: characterClasses(values.next) >= PASSWORD_RULES.classes };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    const wrong = check(values, facts).map(({ field: name, key }) => ({ field: name, text: t(key, { min: PASSWORD_RULES.min }) }));
    setErrors(wrong);
    if (wrong.length > 0) return;
    setPending(true);
    const result = await api("/me/password", { method: "POST", body: { current: values.current, next: values.next }, key: newKey() });
    if (result.ok) return window.location.assign(next);
    setPending(false);
    const name = result.problem.field;
    setErrors([{ text: problemText(result.problem), ...(name === "current" || name === "next" ? { field: name } : {}) }]);
  };

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <ErrorSummary title={t("failed")} errors={errors} />
      {/* For password managers: whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordField {...field("current")} label={t("current")} autoComplete="current-password" autoFocus />
      <PasswordField {...field("next")} label={t("next")} autoComplete="new-password" />
      <ul aria-label={t("rules")} className="flex flex-col gap-1 text-sm">
        <Rule met={facts.long} text={t("ruleLength", { min: PASSWORD_RULES.min })} />
        <Rule met={facts.varied} text={t("ruleClasses", { count: PASSWORD_RULES.classes })} />
        <Rule text={t("ruleHistory", { count: PASSWORD_RULES.history })} />
      </ul>
      <PasswordField {...field("again")} label={t("again")} autoComplete="new-password" />
      <ShowPassword id="show-password" visible={visible} caps={caps} onChange={setVisible} />
      <Button type="submit" look="primary" size="large" aria-busy={pending} className="mt-2 w-full">{pending ? t("saving") : t("submit")}</Button>
    </form>
  );
}

function check(values: { current: string; next: string; again: string }, facts: { long: boolean; varied: boolean }): { field: string; key: string }[] {
  const wrong = [];
  if (!values.current) wrong.push({ field: "current", key: "currentMissing" });
  if (!values.next) wrong.push({ field: "next", key: "nextMissing" });
  else if (!facts.long) wrong.push({ field: "next", key: "tooShort" });
  else if (!facts.varied) wrong.push({ field: "next", key: "tooSimple" });
  if (values.next && values.again !== values.next) wrong.push({ field: "again", key: "different" });
  return wrong;
}

/** A rule with its sign; the sign is spoken as a word. */
function Rule({ met, text }: { met?: boolean; text: string }) {
  const t = useTranslations("login.change");
  const Sign = met ? CircleCheck : CircleDashed;
  return <li className={met ? "flex gap-2 text-good" : "flex gap-2 text-ink-soft"}><Sign aria-hidden className="mt-0.5 size-4 shrink-0" />{text}{met === undefined ? null : <span className="sr-only">{t(met ? "met" : "notMet")}</span>}</li>;
}
