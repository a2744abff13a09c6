"use client";
import { useRouter } from "next/navigation";
import { type MouseEvent, useEffect, useMemo, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { type ActionOutcome, ConfirmButton } from "@/components/admin/confirm-button";
import { useLeaveGuard } from "@/components/form/use-leave-guard";
import { Button } from "@/components/ui/button";
import { Banner, StateChip } from "@/components/ui/state";
import type { Finding } from "@/lib/catalog/guide/check";
import { placeText } from "./element-name";
import { Editing, type EditorTables, EntryFields } from "./entry-fields";
import { type Entry, type Path, SECTIONS, setAt, type Value } from "./spec";

/** What an action of the editor answers; the document stays with the editor. */
export type EditorAnswer =
  | { ok: true; message: string; revision: number; findings: readonly Finding[] }
  | { ok: false; message: string; errors?: Readonly<Record<string, string>>; findings?: readonly Finding[]; /** Somebody else's revision. */ newer?: number };

export interface EditorActions {
  save: (revision: number, document: unknown, note: string) => Promise<EditorAnswer>;
  publish: (revision: number, effectiveOn: string, note: string) => Promise<EditorAnswer>;
  discard: (revision: number) => Promise<ActionOutcome>;
}

interface EditorProps extends EditorTables {
  document: Entry;
  /** What is left when the draft is thrown away: the valid version. */
  fallback: Entry;
  note: string;
  /** Revision of the stored draft, 0 when there is none. */
  revision: number;
  today: string;
  findings: readonly Finding[];
  actions: EditorActions;
  /** The draft as it is stored, for a look at somebody else's. */
  storedHref: string;
  texts: { cancel: string; close: string; copy: string; copied: string; done: string };
}

/** Editor of one draft. What was typed stays in the browser whatever the answer; saving again after a conflict keeps one's own. */
export function DocumentEditor(props: EditorProps) {
  const { actions, codes, today } = props;
  const t = useTranslations("catalog");
  const router = useRouter();
  const [document, setDocument] = useState(props.document);
  const [note, setNote] = useState(props.note);
  const [revision, setRevision] = useState(props.revision);
  const [findings, setFindings] = useState(props.findings);
  const [answer, setAnswer] = useState<EditorAnswer>();
  const [changed, setChanged] = useState(props.revision === 0);
  const [effectiveOn, setEffectiveOn] = useState(today);
  const [pending, startTransition] = useTransition();
  const dirty = useRef(false);
  const message = useRef<HTMLDivElement>(null);
  useLeaveGuard(dirty, t("editor.leave"));
  useEffect(() => { if (answer) message.current?.focus(); }, [answer]);

  const mark = () => {
    dirty.current = true;
    setChanged(true);
  };
  const change = (path: Path, value: Value) => {
    mark();
    setDocument((before) => setAt(before, path, value) as Entry);
  };
  const take = (given: EditorAnswer) => {
    setAnswer(given);
    if (given.findings) setFindings(given.findings);
    if (!given.ok) return void (given.newer === undefined ? undefined : setRevision(given.newer));
    dirty.current = false;
    setChanged(false);
    setRevision(given.revision);
    router.refresh();
  };
  const save = () => startTransition(async () => take(await actions.save(revision, document, note)));
  const publish = () => startTransition(async () => take(await actions.publish(revision, effectiveOn, note)));
  const discard = async () => {
    const outcome = await actions.discard(revision);
    if (!outcome.ok) return outcome;
    dirty.current = false;
    setDocument(props.fallback);
    setRevision(0);
    setFindings([]);
    setAnswer(undefined);
    return outcome;
  };
  const situations = (document.situations as Entry[]).map((entry) => ({ code: String(entry.code), name: String((entry.name as Entry).zh) }));
  const errors = answer && !answer.ok ? (answer.errors ?? {}) : {};
  const stored = revision > 0;
  return (
    <Editing value={useMemo(() => ({ codes, errors, situations, change }), [codes, document, answer])}>
      <div ref={message} tabIndex={-1} className="empty:hidden">
        {answer ? (
          <Banner tone={answer.ok ? "good" : "bad"} title={answer.message}>
            {!answer.ok && answer.newer !== undefined ? <a href={props.storedHref} target="_blank" rel="noreferrer" className="text-bad">{t("editor.conflictLook")}</a> : null}
            <ul className="list-disc pl-5">{Object.entries(errors).map(([place, text]) => <li key={place}><a href={`#f-${place}`} onClick={(event) => goTo(event, place)} className="text-bad">{placeText(t as never, place)}：{text}</a></li>)}</ul>
          </Banner>
        ) : null}
      </div>
      <div className="flex max-w-5xl flex-col gap-4">
        {SECTIONS.map((section, index) => (
          <details key={section.key} open={index < 2 || undefined} className="rounded-base border border-line bg-surface">
            <summary className="flex min-h-12 cursor-pointer items-center px-4"><h2 className="text-lg font-semibold">{t(`sections.${section.key}`)}</h2></summary>
            <div className="border-t border-line p-4"><EntryFields of={section.of} value={document} path={[]} /></div>
          </details>
        ))}
        <label className="flex flex-col gap-1 font-medium">{t("editor.note")}<input value={note} maxLength={300} onChange={(event) => { mark(); setNote(event.target.value); }} className="min-h-11 w-full rounded-base border border-line-strong bg-surface px-3 font-normal" /></label>
      </div>
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-4 border-t border-line bg-surface px-4 py-3">
        <Button look="primary" onClick={save} disabled={pending}>{pending ? t("editor.saving") : t("editor.save")}</Button>
        {changed ? <span className="text-ink-soft">{t("editor.unsaved")}</span> : null}
      </div>
      <section aria-labelledby="check" className="flex max-w-5xl flex-col gap-3 rounded-base border border-line bg-surface p-4">
        <h2 id="check" className="text-lg font-semibold">{t("editor.check")}</h2>
        <p className="text-sm text-ink-soft">{t(stored ? "editor.checkNote" : "editor.noDraft")}</p>
        {stored ? <Findings findings={findings} codes={codes} /> : null}
        {stored ? (
          <div className="flex flex-wrap items-end gap-4 border-t border-line pt-3">
            <label className="flex flex-col gap-1 font-medium">{t("editor.effectiveOn")}<input type="date" value={effectiveOn} min={today} onChange={(event) => setEffectiveOn(event.target.value)} className="min-h-11 rounded-base border border-line-strong bg-surface px-3 font-normal" /></label>
            <Button look="primary" onClick={publish} disabled={pending || changed || findings.some(({ level }) => level === "error")}>{t("editor.publish")}</Button>
            <ConfirmButton look="danger" action={discard} texts={{ ...props.texts, open: t("editor.discard"), title: t("editor.discardTitle"), description: t("editor.discardText"), confirm: t("editor.discard") }} />
            <p className="w-full text-sm text-ink-soft">{t("editor.publishHint")}</p>
          </div>
        ) : null}
      </section>
    </Editing>
  );
}

function Findings({ findings, codes }: { findings: readonly Finding[] } & EditorTables) {
  const t = useTranslations("catalog");
  if (findings.length === 0) return <Banner tone="good">{t("editor.checkClean")}</Banner>;
  const named = ({ code, value = "" }: Finding) => (code.includes("channel") ? (codes.channel?.find((entry) => entry.code === value)?.name ?? value) : value);
  return (
    <ul className="flex flex-col gap-1">
      {findings.map((finding, index) => (
        <li key={index} className="flex flex-wrap items-center gap-2">
          <StateChip tone={finding.level === "error" ? "bad" : "warn"}>{t(`editor.${finding.level}`)}</StateChip>
          <a href={`#f-${finding.path}`} onClick={(event) => goTo(event, finding.path)}>{placeText(t as never, finding.path)}</a>
          <span>{t(`findings.${finding.code}`, { value: named(finding) })}</span>
        </li>
      ))}
    </ul>
  );
}

/** Opens what is folded around a place and puts the focus there. */
function goTo(event: MouseEvent, place: string): void {
  event.preventDefault();
  const parts = place.split(".");
  let control: HTMLElement | null = null;
  while (!control && parts.length > 0) {
    control = document.getElementById(`f-${parts.join(".")}`);
    parts.pop();
  }
  for (let fold = control?.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  control?.focus();
  control?.scrollIntoView({ block: "center" });
}
