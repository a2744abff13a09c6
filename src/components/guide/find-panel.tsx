"use client";
import { clsx } from "clsx";
import { ChevronLeft, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ClassBadge } from "@/components/staff/class-badge";
import { TicketStateChip } from "@/components/staff/ticket-state-chip";
import { useClassName } from "@/components/staff/use-hall";
import { useProblemText } from "@/components/staff/use-problem-text";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { Banner, EmptyState, Loading } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import { TICKET_STATES } from "@/lib/queue/ticket/model";
import type { HallDetail } from "@/lib/regions/schema";
import { TicketDetail } from "./ticket-detail";
import { type FoundTicket, useTickets } from "./use-tickets";

interface FindPanelProps {
  hall: string;
  detail: HallDetail | undefined;
  offset: number;
  /** Changes whenever something happens in the hall. */
  tick: number;
  /** A number to start with. */
  initial?: string;
}

/** Finds a ticket by number and shows what can be done for its holder. */
export function FindPanel({ hall, detail, offset, tick, initial }: FindPanelProps) {
  const t = useTranslations("guide.find");
  const states = useTranslations("desk.state");
  const problemText = useProblemText();
  const [query, setQuery] = useState(initial ?? "");
  const [state, setState] = useState("");
  const [picked, setPicked] = useState<FoundTicket>();
  const found = useTickets(hall, { q: query, state }, tick);
  const exact = found.items.find((ticket) => ticket.number === query.trim().toUpperCase());
  useEffect(() => {
    // A full number needs no second choice.
    if (exact) setPicked((old) => (old?.number === exact.number ? old : exact));
  }, [exact]);

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 md:grid-cols-[minmax(14rem,18rem)_minmax(0,1fr)]">
      <div className={clsx("flex flex-col gap-3", picked && "hidden md:flex")}>
        <div className="flex flex-col gap-1">
          <label htmlFor="find-number" className="font-medium">{t("number")}</label>
          <div className="relative">
            <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft" />
            <input id="find-number" type="search" autoComplete="off" autoCapitalize="characters" placeholder={t("placeholder")} value={query} onChange={(event) => setQuery(event.target.value)} className="min-h-11 w-full rounded-base border border-line-strong bg-surface pr-3 pl-10 text-lg uppercase placeholder:text-base placeholder:text-ink-soft placeholder:normal-case" />
          </div>
        </div>
        <SelectField id="find-state" label={t("state")} value={state} onChange={(event) => setState(event.target.value)}>
          <option value="">{t("anyState")}</option>
          {TICKET_STATES.map((each) => <option key={each} value={each}>{states(each)}</option>)}
        </SelectField>
        {found.problem ? <Banner tone="warn"><p>{problemText(found.problem)}</p></Banner> : null}
        <TicketList found={found} picked={picked?.number} detail={detail} onPick={setPicked} />
      </div>
      <div className={clsx("min-w-0", !picked && "hidden md:block")}>
        {picked ? (
          <>
            <Button look="quiet" onClick={() => { setPicked(undefined); setQuery(""); }} className="mb-2 md:hidden"><ChevronLeft aria-hidden className="size-5" />{t("backToList")}</Button>
            <TicketDetail key={picked.token} hall={hall} detail={detail} token={picked.token} offset={offset} tick={tick} />
          </>
        ) : <EmptyState title={t("pickTitle")}><p>{t("pickText")}</p></EmptyState>}
      </div>
    </div>
  );
}

function TicketList({ found, picked, detail, onPick }: { found: ReturnType<typeof useTickets>; picked: string | undefined; detail: HallDetail | undefined; onPick: (ticket: FoundTicket) => void }) {
  const t = useTranslations("guide.find");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const className = useClassName(detail);
  if (found.items.length === 0) return found.loading ? <Loading label={common("loading")} /> : <p role="status" className="text-ink-soft">{t("none")}</p>;
  return (
    <div className="overflow-y-auto rounded-base border border-line md:max-h-[60dvh]" tabIndex={0} role="region" aria-label={t("results")}>
      <ul>
        {found.items.map((ticket) => (
          <li key={ticket.token} className="border-b border-line last:border-b-0">
            <button type="button" onClick={() => onPick(ticket)} aria-current={ticket.number === picked ? "true" : undefined} className={clsx("flex min-h-14 w-full flex-col justify-center px-3 py-1.5 text-left hover:bg-brand-soft", ticket.number === picked ? "bg-brand-soft" : "bg-surface")}>
              <span className="flex w-full flex-wrap items-center gap-2"><strong className="text-lg">{ticket.number}</strong><TicketStateChip state={ticket.state} />{ticket.class === "normal" ? null : <ClassBadge code={ticket.class} name={className(ticket.class)} className="text-xs" />}</span>
              <span className="w-full truncate text-sm text-ink-soft">{localName(locale, { name: ticket.itemName ?? ticket.lineName, nameEn: ticket.itemNameEn ?? ticket.lineNameEn })}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.nextCursor ? <Button look="quiet" onClick={found.more} className="w-full">{t("more")}</Button> : null}
    </div>
  );
}
