import { Download, Upload } from "lucide-react";
import Link from "next/link";
import { applyImportAction, cancelImportAction, continueImportAction, undoImportAction } from "@/app/admin/imports/actions";
import { ConfirmButton } from "@/components/admin/confirm-button";
import { adminHref, type Place } from "@/components/admin/place";
import { Button, buttonClass } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import type { ImportFacts } from "@/lib/exchange/schema";
import type { Translate } from "@/lib/i18n/messages";

interface StepsProps {
  facts: ImportFacts;
  place: Place;
  t: Translate;
}

/** What was found or done, and what can be done next. */
export function ImportSteps({ facts, place, t }: StepsProps) {
  const target = { id: facts.id, ...(place.hall && place.choosing ? { hall: place.hall.code } : {}) };
  const { state, found } = facts;
  const right = found.new + found.changed;
  const confirm = (key: string, open: string, values: Record<string, number> = {}) => ({
    open, title: t(`imports.${key}Title`), description: t(`imports.${key}Text`, values), confirm: open, cancel: t("form.cancel"), close: t("form.close"), copy: t("form.copy"), copied: t("form.copied"), done: t("form.close"),
  });
  return (
    <section className="flex flex-col gap-3">
      <Progress facts={facts} t={t} />
      {facts.interrupted ? <Banner tone="bad" title={t("imports.interrupted")}><form action={continueImportAction.bind(null, target)} className="mt-2"><Button type="submit" look="primary">{t("imports.continue")}</Button></form></Banner> : null}
      {state === "ready" ? <Found facts={facts} right={right} t={t} /> : null}
      {facts.ignored.length > 0 && state === "ready" ? <Banner tone="warn">{t("imports.ignored", { columns: facts.ignored.join("、") })}</Banner> : null}
      {state === "applied" ? <Banner tone="good" title={t("imports.applied", facts.outcomes)}>{facts.outcomes.refused > 0 ? <p>{t("imports.refusedRows", { count: facts.outcomes.refused })}</p> : null}{found.wrong > 0 ? <p>{t("imports.leftRows", { count: found.wrong })}</p> : null}</Banner> : null}
      {state === "undone" ? <Banner tone={facts.undos.refused > 0 ? "warn" : "good"} title={t("imports.undone", facts.undos)}>{facts.undos.refused > 0 ? <p>{t("imports.keptRows", { count: facts.undos.refused })}</p> : null}</Banner> : null}
      <div className="flex flex-wrap items-start gap-3">
        {state === "ready" && right > 0 ? <ConfirmButton look="primary" action={applyImportAction.bind(null, { ...target, onlyRight: found.wrong > 0 })} texts={confirm("apply", t(found.wrong > 0 ? "imports.applyRight" : "imports.apply", { count: right }), { created: found.new, changed: found.changed })} /> : null}
        {found.wrong > 0 && state !== "checking" ? <WrongRows facts={facts} place={place} t={t} /> : null}
        {state === "applied" && facts.outcomes.created + facts.outcomes.changed > 0 ? <ConfirmButton look="danger" action={undoImportAction.bind(null, target)} texts={confirm("undo", t("imports.undo"))} /> : null}
        {state === "ready" || state === "checking" ? <ConfirmButton look="quiet" action={cancelImportAction.bind(null, target)} texts={confirm("cancel", t("imports.cancel"))} /> : null}
      </div>
    </section>
  );
}

function Found({ facts: { found, rows }, right, t }: { facts: ImportFacts; right: number; t: Translate }) {
  const title = found.wrong > 0 ? t("imports.someWrong", { wrong: found.wrong, right }) : right > 0 ? t("imports.allRight", { count: rows }) : t("imports.nothingToDo");
  return <Banner tone={found.wrong > 0 ? "warn" : "info"} title={title}><p>{t("imports.nothingWritten")}</p>{found.wrong > 0 ? <p>{t("imports.correctHint")}</p> : null}</Banner>;
}

function WrongRows({ facts, place, t }: StepsProps) {
  return (
    <>
      <a href={adminHref(place, `/admin/imports/${facts.id}/rows`, { format: "xlsx" })} download className={buttonClass()}><Download aria-hidden className="size-4" />{t("imports.downloadWrong", { count: facts.found.wrong })}</a>
      <Link href={adminHref(place, "/admin/imports", { kind: facts.kind })} className={buttonClass()}><Upload aria-hidden className="size-4" />{t("imports.correct")}</Link>
    </>
  );
}

/** How far the work is, in rows; read aloud as it goes on. */
function Progress({ facts, t }: { facts: ImportFacts; t: Translate }) {
  const { state, found, outcomes, undos } = facts;
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
  const parts = { checking: ["checkProgress", facts.checked, facts.rows], applying: ["applyProgress", sum(outcomes), found.new + found.changed], undoing: ["undoProgress", sum(undos), outcomes.created + outcomes.changed] } as const;
  if (!(state in parts)) return null;
  const [key, done, total] = parts[state as keyof typeof parts];
  const text = t(`imports.${key}`, { done, total });
  return <div role="status" className="flex max-w-xl flex-col gap-1"><p>{text}</p><progress value={done} max={Math.max(1, total)} aria-label={text} className="h-3 w-full accent-brand" /></div>;
}
