"use client";
import { Tabs } from "radix-ui";
import { type FormEvent, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { PickList, type PickOption } from "@/components/staff/pick-list";
import { useItems } from "@/components/staff/use-items";
import { usePress } from "@/components/staff/use-press";
import { useProblemText } from "@/components/staff/use-problem-text";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Board } from "@/lib/queue/board/schema";
import type { IssuedTicket } from "@/lib/queue/ticket/schema";
import type { HallDetail } from "@/lib/regions/schema";
import { ClassPicker } from "./class-picker";
import { IssuedCard } from "./issued-card";
import { NO_PAPER, PaperFields, type PaperNumber } from "./paper-fields";

type Kind = "item" | "line";
interface Choice {
  kind: Kind;
  id: string;
  name: string;
  line: string;
}

interface IssuePanelProps {
  hall: string;
  detail: HallDetail | undefined;
  board: Board | undefined;
  onShow: (number: string) => void;
}

const nothing = () => Promise.resolve();
const NORMAL = "normal";

/** Takes a number for somebody: what for, which class, the number. */
export function IssuePanel({ hall, detail, board, onShow }: IssuePanelProps) {
  const t = useTranslations("guide.issue");
  const problemText = useProblemText();
  const { pending, press, hurry } = usePress(nothing);
  const [choice, setChoice] = useState<Choice>();
  const [code, setCode] = useState(NORMAL);
  const [reason, setReason] = useState("");
  const [paper, setPaper] = useState<PaperNumber>(NO_PAPER);
  const [error, setError] = useState<{ text: string; field?: "reason" }>();
  const [issued, setIssued] = useState<{ ticket: IssuedTicket; name: string }>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!choice) return setError({ text: t("chooseFirst") });
    if (code !== NORMAL && reason.trim().length < 2) return setError({ text: t("reasonMissing"), field: "reason" });
    setError(undefined);
    const chosenClass = code === NORMAL ? {} : { class: code, classReason: reason.trim() };
    const result = await press<IssuedTicket>("issue", `/halls/${hall}/tickets`, { [choice.kind]: choice.id, ...chosenClass, channel: "guide", ...(paper.number.trim() && paper.at ? { paper: { number: paper.number.trim(), at: paper.at } } : {}) });
    if (!result) return;
    if (result.ok) setIssued({ ticket: result.value, name: choice.name });
    else setError({ text: problemText(result.problem) });
  };
  const again = () => {
    setIssued(undefined);
    setChoice(undefined);
    setCode(NORMAL);
    setReason("");
    setPaper(NO_PAPER);
    setError(undefined);
  };

  if (issued) return <IssuedCard ticket={issued.ticket} itemName={issued.name} detail={detail} onAgain={again} onShow={() => onShow(issued.ticket.number)} />;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <ServicePicker hall={hall} detail={detail} board={board} choice={choice} onChoose={(next) => { setChoice(next); setError(undefined); }} />
      {detail ? <ClassPicker id="issue" classes={detail.classes} value={code} reason={reason} reasonError={error?.field ? error.text : undefined} onChange={setCode} onReason={setReason} /> : null}
      <PaperFields paper={paper} onChange={setPaper} />
      <div className="flex flex-col gap-2">
        {error && !error.field ? <Banner tone="bad"><p>{error.text}</p></Banner> : null}
        {pending?.waiting ? <Banner tone="warn"><p>{t("waiting")}</p><Button size="small" onClick={hurry}>{t("retryNow")}</Button></Banner> : null}
        <p className="min-h-6 text-ink-soft">{choice ? <LineNow line={choice.line} board={board} /> : t("nothingChosen")}</p>
        <Button type="submit" look="primary" size="large" aria-busy={pending !== undefined} aria-disabled={!choice || undefined} className="w-full">{pending ? t("issuing") : choice ? t("submitFor", { name: choice.name }) : t("submit")}</Button>
      </div>
    </form>
  );
}

/** The state of the chosen line now, before the number is taken. */
function LineNow({ line, board }: { line: string; board: Board | undefined }) {
  const t = useTranslations("guide.issue");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const now = board?.lines.find((each) => each.code === line);
  if (!now) return null;
  const wait = now.estimateMinutes ? common("wait", now.estimateMinutes) : common("waitUnknown");
  return t(now.windows > 0 ? "lineNow" : "lineNoWindow", { line: `${now.code} ${localName(locale, now)}`, count: now.waiting, wait });
}

function ServicePicker({ hall, detail, board, choice, onChoose }: { hall: string; detail: HallDetail | undefined; board: Board | undefined; choice: Choice | undefined; onChoose: (choice: Choice) => void }) {
  const t = useTranslations("guide.issue");
  const locale = useLocale() as Locale;
  const [kind, setKind] = useState<Kind>("item");
  const [query, setQuery] = useState("");
  const { items, loading } = useItems(hall, kind === "item" ? query : "");
  const waiting = (line: string) => {
    const count = board?.lines.find((each) => each.code === line)?.waiting;
    return count === undefined ? undefined : t("waitingCount", { count });
  };
  const wanted = query.trim().toLowerCase();
  const lines = (detail?.lines ?? []).filter((line) => !wanted || [line.code, line.name, line.nameEn].some((text) => text.toLowerCase().includes(wanted)));
  const options: Record<Kind, PickOption[]> = {
    item: items.map((item) => ({ id: item.code, title: localName(locale, item), detail: `${item.line} ${localName(locale, { name: item.lineName, nameEn: item.lineNameEn })}`, tag: waiting(item.line) })),
    line: lines.map((line) => ({ id: line.code, title: `${line.code} ${localName(locale, line)}`, tag: waiting(line.code) })),
  };
  const select = (id: string) => {
    const item = items.find((each) => each.code === id);
    const line = detail?.lines.find((each) => each.code === id);
    if (kind === "item" && item) onChoose({ kind, id, name: localName(locale, item), line: item.line });
    if (kind === "line" && line) onChoose({ kind, id, name: localName(locale, line), line: line.code });
  };
  return (
    <Tabs.Root className="relative" value={kind} onValueChange={(next) => { setKind(next as Kind); setQuery(""); }}>
      <Tabs.List aria-label={t("kind")} className="mb-2 inline-flex rounded-base border border-line-strong p-0.5 sm:absolute sm:-top-1 sm:right-0 sm:mb-0">
        {(["item", "line"] as const).map((each) => <Tabs.Trigger key={each} value={each} className="min-h-10 rounded-base px-4 text-ink-soft sm:min-h-8 data-[state=active]:bg-brand data-[state=active]:font-medium data-[state=active]:text-white forced-colors:data-[state=active]:underline">{t(`kinds.${each}`)}</Tabs.Trigger>)}
      </Tabs.List>
      {(["item", "line"] as const).map((each) => (
        <Tabs.Content key={each} value={each} tabIndex={-1}>
          <PickList
            id={`issue-${each}`} label={t(`label.${each}`)} placeholder={t(`placeholder.${each}`)} query={query} onQuery={setQuery} options={options[each]} selected={choice?.kind === each ? choice.id : undefined}
            onSelect={select} empty={t("empty")} loading={each === "item" ? loading : !detail} listClassName="h-48"
          />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
