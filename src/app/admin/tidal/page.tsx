import { AdvicePanel, adviceText } from "@/components/admin/advice-panel";
import { AlertPanel } from "@/components/admin/alert-panel";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { ConfirmButton } from "@/components/admin/confirm-button";
import { HallChoice } from "@/components/admin/hall-choice";
import { MoveForm } from "@/components/admin/move-form";
import { PageHead } from "@/components/admin/page-head";
import { Panel } from "@/components/admin/panel";
import { openPlace, type SearchParams } from "@/components/admin/place";
import { HALL_READERS, HALL_WRITERS } from "@/components/admin/register";
import { SimpleTable } from "@/components/ui/simple-table";
import { StateChip } from "@/components/ui/state";
import { TidalRulesForm } from "@/components/admin/tidal-rules-form";
import { toLocal } from "@/components/form/zoned-time";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { listAdvice, tidalRules } from "@/lib/planner/tidal/data";
import type { AdviceView } from "@/lib/planner/tidal/schema";
import { listAlerts } from "@/lib/queue/alerts/data";
import { hallOverview } from "@/lib/queue/board/overview";
import { listWindows } from "@/lib/windows/data-admin";
import { listMoves, type Move } from "@/lib/windows/tidal/data";
import { moveWindowAction, restoreWindowAction, saveTidalRulesAction } from "./actions";

/** Tidal windows: let a window help another line now, see what it did, and give it back (JY-6.3a). */
export default async function TidalPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/tidal", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/tidal" />;
  const { hall, locale } = place;
  const t = translator(locale, "floor");
  const admin = translator(locale, "admin");
  const tidal = translator(locale, "tidal");
  const [open, decided, rules, alerts] = await Promise.all([listAdvice(database(), hall.id, "open"), listAdvice(database(), hall.id, "decided"), tidalRules(database(), hall.id), listAlerts(database(), hall.id, true)]);
  const [overview, windows, moves] = await Promise.all([hallOverview(database(), hall.id, locale), listWindows(database(), hall.id, { filters: { active: "true" }, limit: 1_000 }), listMoves(database(), hall.id)]);
  const writable = HALL_WRITERS.includes(place.staff.role);
  const running = moves.filter((move) => !move.endedAt);
  const ask = (move: Move) => ({
    open: t("tidal.restore"), title: t("tidal.restoreTitle", { window: move.window }), description: t("tidal.restoreText", { own: move.before.own.join(" ") }), confirm: t("tidal.restore"), cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: t("tidal.back"),
  });
  const change = (move: Move) => `${move.before.own.join(" ")} → ${move.after.own.join(" ")}`;
  const effect = (move: Move) => Object.entries(move.waiting).filter(([line]) => move.after.own.includes(line)).map(([line, before]) => `${line} ${before}${move.waitingEnd ? ` → ${move.waitingEnd[line] ?? "–"}` : ""}`).join("　");
  return (
    <>
      <PageHead title={t("tidal.title")} hall={localName(locale, hall)} intro={t("tidal.intro")} />
      <AutoRefresh seconds={60} />
      <AlertPanel alerts={alerts} place={{ locale, hall }} writable={writable || place.staff.role === "chief"} />
      <AdvicePanel advice={open} place={{ locale, hall }} rules={rules} writable={writable} />
      {running.length === 0 ? null : (
        <Panel id="running" title={t("tidal.running")}>
          <ul className="flex flex-col gap-3">
            {running.map((move) => (
              <li key={move.id} className="flex flex-wrap items-center justify-between gap-3 border-b border-line pb-3 last:border-0">
                <span><StateChip tone="info">{move.window}</StateChip> {change(move)}　{move.reason}　<span className="text-ink-soft">{toLocal(move.at, hall.timeZone).replace("T", " ")}</span></span>
                {writable ? <ConfirmButton action={restoreWindowAction.bind(null, hall.code, move.window)} texts={ask(move)} /> : null}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {writable ? (
        <MoveForm action={moveWindowAction.bind(null, hall.code)} lines={overview.lines.map((line) => ({ code: line.code, name: localName(locale, line), waiting: line.waiting }))}
          windows={windows.rows.map((window) => ({ code: window.code, name: localName(locale, window), state: admin(`values.windowState.${window.state}`), own: window.own, helping: window.helping }))}
          texts={{ window: t("tidal.window"), own: t("tidal.own"), helping: t("tidal.helping"), reason: t("tidal.reason"), reasonHint: t("tidal.reasonHint"), waiting: t("tidal.waiting", { count: "#" }), submit: t("tidal.submit"), sending: t("tidal.sending") }} />
      ) : null}
      <section aria-labelledby="log" className="flex flex-col gap-3">
        <h2 id="log" className="text-lg font-semibold">{t("tidal.log")}</h2>
        <SimpleTable label={t("tidal.log")} empty={t("tidal.noLog")} columns={[{ label: t("tidal.at") }, { label: t("tidal.window") }, { label: t("tidal.change") }, { label: t("tidal.reason") }, { label: t("tidal.by") }, { label: t("tidal.until") }, { label: t("tidal.effect") }, { label: t("tidal.taken"), figure: true }]}
          rows={moves.map((move) => ({ key: String(move.id), cells: [toLocal(move.at, hall.timeZone).replace("T", " "), move.window, change(move), move.reason, move.by, move.endedAt ? toLocal(move.endedAt, hall.timeZone).replace("T", " ") : t("tidal.now"), effect(move), String(move.taken)] }))} />
      </section>
      <section aria-labelledby="record" className="flex flex-col gap-3">
        <h2 id="record" className="text-lg font-semibold">{tidal("record.title")}</h2>
        <SimpleTable label={tidal("record.title")} empty={tidal("record.none")} columns={[{ label: tidal("record.at") }, { label: tidal("record.advice") }, { label: tidal("record.state") }, { label: tidal("record.by") }, { label: tidal("record.forecast"), figure: true }, { label: tidal("record.outcome"), figure: true }]}
          rows={decided.map((each) => ({ key: String(each.id), cells: [toLocal(each.decidedAt!, hall.timeZone).replace("T", " "), adviceText(tidal, each), tidal(`record.${each.state as "done" | "dismissed"}`), each.decidedBy, `${each.forecast.without.p90.toFixed(1)} → ${each.forecast.with.p90.toFixed(1)}`, outcomeOf(each, tidal("record.pending"))] }))} />
      </section>
      {writable ? (
        <Panel id="rules" title={tidal("rules.title")}>
          <TidalRulesForm action={saveTidalRulesAction.bind(null, hall.code)} texts={{ save: tidal("rules.save"), saving: tidal("rules.saving") }}
            fields={(["cost", "quiet", "horizon", "long", "tooLong", "escalate"] as const).map((key) => ({ name: `${key}Minutes`, label: tidal(`rules.${key}Minutes`), hint: tidal(`rules.${key}Hint`), value: rules[`${key}Minutes`] }))} />
        </Panel>
      ) : null}
    </>
  );
}

const outcomeOf = ({ state, outcome }: AdviceView, pending: string): string => (outcome ? outcome.p90.toFixed(1) : state === "done" ? pending : "–");
