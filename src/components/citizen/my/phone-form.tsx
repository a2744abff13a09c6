"use client";
import { useTranslations } from "use-intl";
import type { StepState } from "@/components/citizen/visitor";
import { useStep } from "@/components/citizen/use-step";
import { ErrorSummary } from "@/components/form/error-summary";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";

export interface MyState extends StepState {
  errors?: { field: string; text: string }[];
  phone?: string;
}

type Action = (state: MyState, form: FormData) => Promise<MyState>;

function Trouble({ away, state }: { away: boolean; state: MyState }) {
  const t = useTranslations("my");
  const problem = away ? t("away") : state.problem;
  return <><ErrorSummary title={t("errors")} errors={state.errors ?? []} />{problem ? <Banner tone="bad">{problem}</Banner> : null}</>;
}

/** Which phone? */
export function PhoneForm({ action, hall }: { action: Action; hall: string }) {
  const t = useTranslations("my");
  const { state, away, pending, form } = useStep<MyState>(action, {});
  return (
    <form {...form} noValidate className="flex flex-col gap-4">
      <Trouble away={away} state={state} />
      <input type="hidden" name="hall" value={hall} />
      <TextField id="phone" name="phone" label={t("phone")} hint={t("phoneHint")} required type="tel" inputMode="tel" autoComplete="tel-national" maxLength={20} defaultValue={state.phone} error={state.errors?.[0]?.text} />
      <p><Button type="submit" look="primary" size="large" aria-disabled={pending}>{t("send")}</Button></p>
    </form>
  );
}

/** The code that was sent; six digits, found by the phone itself where it can. */
export function CodeForm({ action }: { action: Action }) {
  const t = useTranslations("my");
  const { state, away, pending, form } = useStep<MyState>(action, {});
  return (
    <form {...form} noValidate className="flex flex-col gap-4">
      <Trouble away={away} state={state} />
      <TextField id="code" name="code" label={t("code.label")} required inputMode="numeric" autoComplete="one-time-code" maxLength={8} className="max-w-48 text-2xl tracking-widest tabular-nums" error={state.errors?.[0]?.text} />
      <label className="flex min-h-12 items-start gap-3"><input type="checkbox" name="own" value="1" className="mt-1 size-5 shrink-0 accent-brand" /><span>{t("code.own")}<span className="block text-ink-soft">{t("code.ownHint")}</span></span></label>
      <p><Button type="submit" look="primary" size="large" aria-disabled={pending}>{t("code.submit")}</Button></p>
    </form>
  );
}
