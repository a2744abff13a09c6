import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { answersOf, answersQuery } from "@/components/citizen/guide/answers";
import { readCodeNames } from "@/components/citizen/guide/code-names";
import { findGuide, type GuideProps } from "@/components/citizen/guide/find-guide";
import { Conditions, Fees, limitText, Steps } from "@/components/citizen/guide/guide-parts";
import { say } from "@/components/citizen/guide/questions";
import { currentLocale, texts } from "@/components/intl/server";
import { PrintButton } from "@/components/ui/print-button";
import type { ItemDocument, Material } from "@/lib/catalog/document";
import { narrow, noticeOf } from "@/lib/catalog/guide/model";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { listHalls } from "@/lib/regions/data";

export async function generateMetadata(props: GuideProps): Promise<Metadata> {
  const { t } = await texts("catalog");
  return { title: `${t("public.notice")} · ${localName(await currentLocale(), await findGuide(props))}` };
}

/** The one-time notice of an item and situation with its five parts, made from the valid guide to be printed (GD-5.3.1). */
export default async function NoticePage(props: GuideProps) {
  const { locale, t } = await texts("catalog");
  const guide = await findGuide(props);
  if (!guide.guide) notFound();
  const { document, version, effectiveOn } = guide.guide;
  const answers = answersOf(await props.searchParams);
  const narrowed = narrow(document, answers);
  const situation = narrowed.open ? undefined : narrowed.situations[0];
  const notice = noticeOf(document, situation);
  const [hall] = await listHalls(database(), { code: guide.hall });
  // Undecided: everything that any situation may need, each with whom it is for.
  const materials = narrowed.open ? document.materials : notice.materials;
  return (
    <article className="mx-auto flex max-w-3xl flex-col gap-4 bg-surface p-6 print:p-0">
      <p className="no-print flex flex-wrap items-center gap-4"><Link href={`/h/${guide.hall}/items/${encodeURIComponent(guide.code)}${answersQuery(answers)}`} className="inline-flex min-h-11 items-center">{t("public.back")}</Link><PrintButton label={t("public.print")} /></p>
      <header className="border-b-2 border-ink pb-3 text-center">
        <h1 className="text-2xl font-semibold">{t("public.notice")}</h1>
        <p className="mt-2">{t("public.noticeFor", { name: localName(locale, guide) })}</p>
        {situation ? <p>{t("public.noticeSituation", { name: say(locale, situation.name) })}</p> : null}
        <p className="text-sm text-ink-soft">{t("public.noticeAt", { hall: localName(locale, { name: guide.hallName, nameEn: guide.hallNameEn }), day: hall?.today ?? "" })} · {t("public.version", { version, day: effectiveOn })}</p>
      </header>
      <NoticePart title={t("public.partMaterials")}>{narrowed.open ? <p className="mb-1">{t("public.noticeUndecided")}</p> : null}<NoticeMaterials document={document} materials={materials} showSituations={narrowed.open !== undefined} /></NoticePart>
      <NoticePart title={t("public.partConditions")}><Conditions notice={notice} document={document} /></NoticePart>
      <NoticePart title={t("public.partSteps")}><Steps notice={notice} /></NoticePart>
      <NoticePart title={t("public.partLimits")}><p>{limitText(t, notice.limits)}{notice.limits.note.zh ? `。${say(locale, notice.limits.note)}` : ""}</p></NoticePart>
      <NoticePart title={t("public.partFees")}><Fees notice={notice} /></NoticePart>
      <footer className="border-t border-line pt-3">
        <p>{t("public.place")}：{say(locale, document.place)}　{t("public.hours")}：{say(locale, document.hours)}</p>
        <p>{t("public.noticeFoot", { phone: hall?.phone ?? "" })}</p>
        <p className="mt-6 hidden justify-between print:flex"><span>{t("public.signGiven")}：____________</span><span>{t("public.signReceived")}：____________</span></p>
      </footer>
    </article>
  );
}

function NoticePart({ title, children }: { title: string; children: ReactNode }) {
  return <section className="break-inside-avoid-page"><h2 className="mb-1 text-lg font-semibold">{title}</h2>{children}</section>;
}

async function NoticeMaterials({ document, materials, showSituations }: { document: ItemDocument; materials: readonly Material[]; showSituations: boolean }) {
  const { locale, t } = await texts("catalog");
  const names = await readCodeNames(locale);
  if (materials.length === 0) return <p>{t("public.noMaterials")}</p>;
  return (
    <ol className="flex flex-col gap-1">
      {materials.map((material, index) => {
        const facts = [names("material_kind", material.kind), material.originals > 0 ? t("public.originals", { count: material.originals }) : "", material.copies > 0 ? t("public.copies", { count: material.copies }) : "", t(material.main ? "public.main" : "public.side"), material.required ? "" : t("public.optional"),
          material.tolerable ? t("public.tolerableDays", { days: material.tolerableDays ?? 0 }) : ""].filter(Boolean);
        const whom = showSituations && material.situations.length > 0 ? document.situations.filter((situation) => material.situations.includes(situation.code)).map((situation) => say(locale, situation.name)).join("、") : "";
        return <li key={material.code}>{index + 1}. <strong>{say(locale, material.name)}</strong>（{facts.join("，")}）{material.note.zh ? say(locale, material.note) : ""}{whom ? <span className="text-ink-soft"> {t("public.handledFor", { names: whom })}</span> : null}</li>;
      })}
    </ol>
  );
}
