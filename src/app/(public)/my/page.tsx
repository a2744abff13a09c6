import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ActionForm } from "@/components/citizen/action-form";
import { ForgetKept } from "@/components/citizen/my/forget-kept";
import { CodeForm, PhoneForm } from "@/components/citizen/my/phone-form";
import { VisitList } from "@/components/citizen/my/visit-list";
import { dateOf, dayText } from "@/components/citizen/times";
import { currentCitizen, visitorCookie } from "@/components/citizen/visitor";
import { ClientMessages } from "@/components/intl/client-messages";
import { texts } from "@/components/intl/server";
import { Button, buttonClass } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Banner, EmptyState } from "@/components/ui/state";
import { type Pause, pausesOf, visitsOf } from "@/lib/citizens/data";
import { type Citizen, CODE, LIST_DAYS } from "@/lib/citizens/model";
import { platformOffered } from "@/lib/citizens/platform/commands";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { localName } from "@/lib/i18n/locale";
import { pickMessages } from "@/lib/i18n/messages";
import { maskName, maskPhone } from "@/lib/kernel/mask";
import { unseal } from "@/lib/kernel/sealed";
import { appealAction, askCodeAction, enterCodeAction, forgetAction, signOutAction } from "./actions";

interface Props {
  searchParams: Promise<{ step?: string; hall?: string; done?: string; refused?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("my")).t("title"), robots: { index: false } };
}

/** One's own bookings: by a code to the phone without an account, or by the platform's account (BG-5.4.3). */
export default async function MyPage({ searchParams }: Props) {
  const { step, hall = "", done, refused } = await searchParams;
  const citizen = await currentCitizen();
  const { t } = await texts("my");
  const known = refused === "platform_refused" || refused === "platform_expired" ? refused : undefined;
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      {done === "out" || done === "forgotten" ? <><Banner tone="good">{t(done === "out" ? "signedOut" : "forget.done")}</Banner><ForgetKept /></> : null}
      {known ? <Banner tone="bad">{t(`refused.${known}`)}</Banner> : null}
      {citizen ? (step === "forget" ? <Forget /> : <Own citizen={citizen} />) : step === "code" ? <EnterCode hall={hall} /> : <SignIn hall={hall} />}
    </div>
  );
}

async function SignIn({ hall }: { hall: string }) {
  const { locale, t } = await texts("my");
  return (
    <>
      <h1 className="text-3xl font-semibold">{t("title")}</h1>
      <p className="text-lg">{t("lead")}</p>
      <ClientMessages locale={locale} messages={pickMessages(locale, ["my"])}><PhoneForm action={askCodeAction} hall={hall} /></ClientMessages>
      {platformOffered() ? (
        <section className="flex flex-col gap-3 border-t border-line pt-5">
          <p className="text-ink-soft">{t("or")}</p>
          <p>{t("platformText")}</p>
          {/* Not a page of ours: it leads to the platform. */}
          <p><a href="/my/sign-in" className={buttonClass({ size: "large" })}>{t("platform")}</a></p>
        </section>
      ) : null}
    </>
  );
}

async function EnterCode({ hall }: { hall: string }) {
  const { locale, t } = await texts("my");
  const kept = await visitorCookie("code");
  if (!kept) redirect("/my");
  const again = `/my${hall ? `?hall=${encodeURIComponent(hall)}` : ""}`;
  return (
    <>
      <p><Link href={again} className="inline-flex min-h-11 items-center">{t("code.other")}</Link></p>
      <h1 className="text-3xl font-semibold">{t("code.title")}</h1>
      <p className="text-lg">{t("code.text", { phone: maskPhone(unseal(env().SECRET, kept)), minutes: CODE.minutes })}</p>
      <ClientMessages locale={locale} messages={pickMessages(locale, ["my"])}><CodeForm action={enterCodeAction} /></ClientMessages>
      <ActionForm action={askCodeAction} away={t("away")} className="flex flex-col gap-3">
        <input type="hidden" name="phone" value={unseal(env().SECRET, kept)} /><input type="hidden" name="hall" value={hall} />
        <p><Button type="submit">{t("code.again")}</Button></p>
      </ActionForm>
    </>
  );
}

async function Own({ citizen }: { citizen: Citizen }) {
  const { t } = await texts("my");
  const [visits, pauses] = await Promise.all([visitsOf(database(), citizen), pausesOf(database(), citizen)]);
  const [coming, past] = [visits.filter((visit) => visit.coming), visits.filter((visit) => !visit.coming)];
  const { name, phone } = citizen.profile;
  return (
    <>
      <div>
        <h1 className="text-3xl font-semibold">{t("title")}</h1>
        <div className="mt-2 flex flex-wrap items-center gap-x-4"><span>{t("signedIn", { who: [name && maskName(name), phone && maskPhone(phone)].filter(Boolean).join(" ") })}</span><ActionForm action={signOutAction} away={t("away")}><Button type="submit" look="quiet">{t("signOut")}</Button></ActionForm></div>
      </div>
      {pauses.map((pause) => <PauseNote key={pause.hall} pause={pause} />)}
      <section aria-labelledby="coming-title" className="flex flex-col gap-3">
        <h2 id="coming-title" className="text-xl font-semibold">{t("coming")}</h2>
        {coming.length > 0 ? <VisitList visits={coming} /> : <EmptyState title={t("none")}><p>{t("noneText")}</p><p className="mt-3"><Link href="/" className={buttonClass({ look: "primary" })}>{t("book")}</Link></p></EmptyState>}
      </section>
      <section aria-labelledby="past-title" className="flex flex-col gap-3">
        <h2 id="past-title" className="text-xl font-semibold">{t("past")}</h2>
        {past.length > 0 ? <VisitList visits={past} /> : <p className="text-ink-soft">{t("nothingPast", { days: LIST_DAYS })}</p>}
      </section>
      <p><Link href="/my?step=forget" className="inline-flex min-h-11 items-center">{t("forget.link")}</Link></p>
    </>
  );
}

/** On-line booking rests; a number at the hall is always there (JY-7.2.2c), and the visitor may say why. */
async function PauseNote({ pause }: { pause: Pause }) {
  const { locale, t } = await texts("my");
  return (
    <section className="flex flex-col gap-3 rounded-base border border-warn bg-warn-soft p-4">
      <h2 className="text-xl font-semibold">{localName(locale, { name: pause.hallName, nameEn: pause.hallNameEn })}：{t("pause.title", { until: dayText(dateOf(pause.until, pause.timeZone), locale) })}</h2>
      <p>{t("pause.text", { count: pause.missed })}</p>
      {pause.answer ? <p className="font-medium">{t("pause.answer", { answer: pause.answer })}</p> : null}
      {pause.appealed && !pause.answer ? <p role="status">{t("pause.sent")}</p> : (
        <ActionForm action={appealAction} away={t("away")} className="flex flex-col gap-3">
          <input type="hidden" name="hall" value={pause.hall} />
          <TextField id={`appeal-${pause.hall}`} name="text" label={t("pause.reason")} hint={t("pause.reasonHint")} required maxLength={500} />
          <p><Button type="submit">{t("pause.send")}</Button></p>
        </ActionForm>
      )}
    </section>
  );
}

async function Forget() {
  const { t } = await texts("my");
  return (
    <>
      <h1 className="text-3xl font-semibold">{t("forget.title")}</h1>
      <p className="text-lg">{t("forget.text")}</p>
      <ActionForm action={forgetAction} away={t("away")} className="flex flex-wrap gap-3">
        <Button type="submit" look="danger" size="large">{t("forget.yes")}</Button>
        <Link href="/my" className={buttonClass({ size: "large" })}>{t("forget.no")}</Link>
      </ActionForm>
    </>
  );
}
