"use client";
import { Tabs } from "radix-ui";
import { type FormEvent, useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { api } from "@/components/api-client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { WindowChoice } from "@/lib/queue/desk/schema";
import type { HallDetail } from "@/lib/regions/schema";
import { PickList, type PickOption } from "./pick-list";
import { useItems } from "./use-items";

export type TransferTarget = { item: string } | { line: string } | { window: string };
type Kind = "item" | "line" | "window";
const KINDS: readonly Kind[] = ["item", "line", "window"];

interface TransferDialogProps {
  hall: string;
  detail: HallDetail | undefined;
  number: string;
  /** The line it waits in and the window it is at: no targets. */
  line?: string;
  window?: string;
  error?: string;
  busy: boolean;
  onClose: () => void;
  onTransfer: (target: TransferTarget, name: string) => void;
}

/** Hands a ticket on to another item, line or window; it keeps its seniority. */
export function TransferDialog({ hall, detail, number, line, window: own, error, busy, onClose, onTransfer }: TransferDialogProps) {
  const t = useTranslations("desk.transfer");
  const common = useTranslations("common");
  const [kind, setKind] = useState<Kind>("item");
  const [query, setQuery] = useState("");
  const [fresh, setFresh] = useState(true);
  const [picked, setPicked] = useState<{ kind: Kind; id: string; name: string }>();
  const sources: Record<Kind, { options: PickOption[]; loading: boolean }> = {
    item: useItemOptions(hall, kind === "item" ? query : ""),
    line: { options: useLineOptions(detail, query, line), loading: !detail },
    window: useWindowOptions(hall, kind === "window", query, own),
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (picked) onTransfer({ [picked.kind]: picked.id } as TransferTarget, picked.name);
  };
  const change = (next: string) => {
    setKind(next as Kind);
    setFresh(false);
    setQuery("");
    setPicked(undefined);
  };

  return (
    <Dialog open onClose={onClose} title={t("title", { number })} description={t("description")} closeLabel={common("close")}>
      <form onSubmit={submit}>
        <Tabs.Root value={kind} onValueChange={change}>
          <Tabs.List aria-label={t("kind")} className="mb-4 flex gap-1 border-b border-line">
            {KINDS.map((each) => (
              <Tabs.Trigger key={each} value={each} onClick={() => document.getElementById(`transfer-${each}`)?.focus()} className="min-h-11 border-b-3 border-transparent px-4 font-medium text-ink-soft data-[state=active]:border-brand data-[state=active]:text-brand forced-colors:data-[state=active]:underline">{t(`kinds.${each}`)}</Tabs.Trigger>
            ))}
          </Tabs.List>
          {/* The field takes the focus when the dialog opens and when a tab is clicked; arrow keys stay on the tabs. */}
          {KINDS.map((each) => (
            <Tabs.Content key={each} value={each} tabIndex={-1}>
              <PickList
                id={`transfer-${each}`} label={t(`label.${each}`)} placeholder={t(`placeholder.${each}`)} query={query} onQuery={setQuery} autoFocus={fresh} options={sources[each].options} loading={sources[each].loading} empty={t("empty")}
                selected={picked?.kind === each ? picked.id : undefined}
                onSelect={(id) => setPicked({ kind: each, id, name: sources[each].options.find((option) => option.id === id)?.title ?? id })}
              />
            </Tabs.Content>
          ))}
        </Tabs.Root>
        <p role="alert" className="min-h-12 py-2 text-bad">{error}</p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" look="primary" disabled={!picked || busy} className="max-w-full">{picked ? t("submit", { name: picked.name }) : t("choose")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function useItemOptions(hall: string, query: string) {
  const locale = useLocale() as Locale;
  const t = useTranslations("desk.transfer");
  const { items, loading } = useItems(hall, query);
  const options: PickOption[] = items.map((item) => ({
    id: item.code, title: localName(locale, item),
    detail: t("toLine", { line: localName(locale, { name: item.lineName, nameEn: item.lineNameEn }) }), tag: item.line,
  }));
  return { options, loading };
}

function useLineOptions(detail: HallDetail | undefined, query: string, own: string | undefined): PickOption[] {
  const locale = useLocale() as Locale;
  return (detail?.lines ?? [])
    .filter((line) => line.code !== own && matches(query, line.code, line.name, line.nameEn))
    .map((line) => ({ id: line.code, title: localName(locale, line), tag: line.code }));
}

const WINDOW_ORDER = { open: 0, paused: 1, closed: 2 } as const;

function useWindowOptions(hall: string, wanted: boolean, query: string, own: string | undefined) {
  const locale = useLocale() as Locale;
  const t = useTranslations("desk");
  const [windows, setWindows] = useState<WindowChoice[]>();
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void api<{ items: WindowChoice[] }>(`/halls/${hall}/windows`).then((result) => current && setWindows(result.ok ? result.value.items : []));
    return () => { current = false; };
  }, [hall, wanted]);
  const options: PickOption[] = (windows ?? [])
    .filter((window) => window.code !== own && matches(query, window.code, window.name, window.nameEn))
    .sort((a, b) => WINDOW_ORDER[a.state] - WINDOW_ORDER[b.state] || a.code.localeCompare(b.code))
    .map((window) => ({
      id: window.code, title: `${window.code} ${localName(locale, window)}`, tag: t(`windowState.${window.state}`),
      detail: [localName(locale, { name: window.zone, nameEn: window.zoneEn }), window.operatorName].filter(Boolean).join(" · "),
    }));
  return { options, loading: wanted && !windows };
}

const matches = (query: string, ...texts: string[]): boolean => {
  const wanted = query.trim().toLowerCase();
  return wanted === "" || texts.some((text) => text.toLowerCase().includes(wanted));
};
