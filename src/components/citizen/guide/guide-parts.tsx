import type { ReactNode } from "react";
import { texts } from "@/components/intl/server";
import type { ItemDocument, Situation } from "@/lib/catalog/document";
import { fieldsOf, type Notice } from "@/lib/catalog/guide/model";
import type { Translate } from "@/lib/i18n/messages";
import type { CodeNames } from "./code-names";
import { say } from "./questions";

export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return <section aria-labelledby={`${id}-title`}><h2 id={`${id}-title`} className="mb-2 text-xl font-semibold">{title}</h2>{children}</section>;
}

/** "法定 20 个工作日 · 承诺 5 个工作日" */
export const limitText = (t: Translate, { statutory, promised }: Pick<Notice["limits"], "statutory" | "promised">): string =>
  [promised === 0 ? t("public.onTheSpot") : promised === null ? "" : t("public.promised", { days: promised }), statutory ? t("public.statutory", { days: statutory }) : ""].filter(Boolean).join(" · ");

export async function Conditions({ notice, document }: { notice: Notice; document: ItemDocument }) {
  const { locale, t } = await texts("catalog");
  return <>{notice.conditions.map((words, index) => <p key={index} className="whitespace-pre-line">{say(locale, words)}</p>)}{document.quantityLimit.zh ? <p>{t("public.quantityLimit")}：{say(locale, document.quantityLimit)}</p> : null}</>;
}

export async function Steps({ notice }: { notice: Notice }) {
  const { locale, t } = await texts("catalog");
  return (
    <ol className="flex flex-col gap-2">
      {notice.steps.map((step, index) => <li key={index}><span className="font-medium">{index + 1}. {say(locale, step.name)}</span>{step.days !== null && step.days > 0 ? <span className="ml-2 text-ink-soft">{t("public.promised", { days: step.days })}</span> : null}{step.text.zh ? <span className="block whitespace-pre-line">{say(locale, step.text)}</span> : null}</li>)}
    </ol>
  );
}

export async function Fees({ notice }: { notice: Notice }) {
  const { locale, t } = await texts("catalog");
  if (!notice.fees.charged) return <p>{t("public.free")}</p>;
  return <ul className="flex flex-col gap-1">{notice.fees.entries.map((fee, index) => <li key={index}><span className="font-medium">{say(locale, fee.name)}：{say(locale, fee.standard)}</span> <span className="text-ink-soft">{t("public.feeBasis", { basis: fee.basis })}</span></li>)}</ul>;
}

/** Everything else that the guide says: result, ways to apply, place and contacts, form, basis, notes. */
export async function MoreOfGuide({ document, situation, names }: { document: ItemDocument; situation: Situation | undefined; names: CodeNames }) {
  const { locale, t } = await texts("catalog");
  const fields = fieldsOf(document, situation);
  const link = (href: string) => <a href={href} target="_blank" rel="noreferrer noopener" className="break-all">{href}</a>;
  const facts: [string, ReactNode][] = ([
    [t("public.result"), [names("result_kind", document.result.kind), say(locale, document.result.name), say(locale, document.result.sample.text)].filter(Boolean).join(" · ")],
    [t("public.forms"), document.forms.map((form) => names("handling_form", form)).join(locale === "zh" ? "、" : ", ")],
    [t("public.place"), say(locale, document.place)], [t("public.hours"), say(locale, document.hours)], [t("public.consult"), say(locale, document.consult)], [t("public.complaint"), say(locale, document.complaint)],
    [t("public.online"), document.onlineUrl && link(document.onlineUrl)], [t("public.mobile"), document.mobileUrl && link(document.mobileUrl)],
    [t("public.special"), document.specialProcedures.map((each) => [names("special_procedure", each.kind), say(locale, each.text)].filter(Boolean).join("：")).join("；")],
    [t("public.implementer"), [say(locale, document.implementer.name), names("subject_kind", document.implementer.nature)].filter(Boolean).join(" · ")],
  ] as [string, ReactNode][]).filter(([, value]) => value !== "" && value !== undefined);
  return (
    <>
      <Part id="facts" title={t("public.where")}>
        {document.visits === null ? null : <p className="mb-2 font-medium">{document.visits === 0 ? t("public.noVisit") : t("public.visits", { count: document.visits })}</p>}
        <dl className="divide-y divide-line rounded-base border border-line bg-surface">{facts.map(([name, value]) => <div key={name} className="flex flex-wrap gap-x-4 px-4 py-3"><dt className="w-40 text-ink-soft">{name}</dt><dd className="grow basis-60 whitespace-pre-line">{value}</dd></div>)}</dl>
      </Part>
      {fields.length > 0 ? <Part id="fields" title={t("public.formFields")}><ul className="list-disc pl-6">{fields.map((field) => <li key={field.code}><span className="font-medium">{say(locale, field.name)}</span>{field.required ? <span className="text-ink-soft">（{t("public.required")}）</span> : null}{field.hint.zh ? <span className="text-ink-soft"> {say(locale, field.hint)}</span> : null}</li>)}</ul></Part> : null}
      {document.notes.zh ? <Part id="notes" title={t("public.notes")}><p className="whitespace-pre-line">{say(locale, document.notes)}</p></Part> : null}
      {document.legalBasis.length > 0 ? <Part id="basis" title={t("public.basis")}><ul className="flex flex-col gap-2">{document.legalBasis.map((basis, index) => <li key={index} lang="zh-CN">{basis.url ? <a href={basis.url} target="_blank" rel="noreferrer noopener">{basis.title}</a> : basis.title} {basis.number} {basis.text ? <span className="block text-ink-soft">{basis.text}</span> : null}</li>)}</ul></Part> : null}
    </>
  );
}
