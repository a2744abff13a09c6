import { CurveChart } from "@/components/admin/curve-chart";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { openPlace, type SearchParams } from "@/components/admin/place";
import { HALL_READERS, HALL_WRITERS } from "@/components/admin/register";
import { WhatIfForm } from "@/components/admin/what-if-form";
import { toLocal } from "@/components/form/zoned-time";
import { SimpleTable } from "@/components/ui/simple-table";
import { Banner, StateChip } from "@/components/ui/state";
import { serverNow } from "@/lib/citizens/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { shadowOf, whatIfRuns } from "@/lib/planner/whatif/data";
import type { WhatIfRow, WhatIfRun } from "@/lib/planner/whatif/schema";
import { hallOverview } from "@/lib/queue/board/overview";
import { currentPolicy, policyDraft, policyVersions } from "@/lib/queue/policy/data";
import type { PolicyDocument } from "@/lib/queue/policy/schema";
import { startWhatIfAction } from "./actions";

const DAY = 86_400_000;
const MOST_LISTED = 50;

/** Past days under other windows or another policy, and the draft's decisions beside those that were made (JY-6.3m). */
export default async function WhatIfPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/what-if", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/what-if" />;
  const { hall, locale } = place;
  const t = translator(locale, "tidal");
  const now = await serverNow(database());
  const local = (at: number) => toLocal(new Date(at).toISOString(), hall.timeZone).slice(0, 10);
  const [[run], overview, policy, versions, draft] = await Promise.all([whatIfRuns(database(), hall.id, 1), hallOverview(database(), hall.id, locale), currentPolicy(database(), hall.id), policyVersions(database(), hall.id), policyDraft(database(), hall.id)]);
  const days = run ? { from: run.input.from, to: run.input.to } : { from: local(now - 7 * DAY), to: local(now) };
  const policies = [
    { value: "live", label: t("whatIf.policyLive", { version: policy.version }) }, ...(draft ? [{ value: "draft", label: t("whatIf.policyDraft") }] : []),
    ...versions.map(({ version }) => ({ value: String(version), label: t("whatIf.policyVersion", { version }) })),
  ];
  const className = (code: string) => { const known = policy.classes.find((each) => each.code === code); return known ? localName(locale, known) : code; };
  return (
    <>
      <PageHead title={t("whatIf.title")} hall={localName(locale, hall)} intro={t("whatIf.intro")} />
      {HALL_WRITERS.includes(place.staff.role) ? (
        <WhatIfForm action={startWhatIfAction.bind(null, hall.code)} days={days} policies={policies} running={run?.state === "running"} lines={overview.lines.map((line) => ({ code: line.code, name: localName(locale, line) }))}
          texts={{ from: t("whatIf.from"), to: t("whatIf.to"), policy: t("whatIf.policy"), windows: t("whatIf.windows"), windowsHint: t("whatIf.windowsHint"), start: t("whatIf.start") }} />
      ) : null}
      {run ? <Result run={run} t={t} className={className} /> : null}
      <Shadow hall={{ id: hall.id, timeZone: hall.timeZone }} days={{ from: days.to > days.from ? local(Math.max(Date.parse(days.from), Date.parse(days.to) - 6 * DAY)) : days.from, to: days.to }} draft={draft?.document} t={t} />
    </>
  );
}

function Result({ run: { state, result, done, days, input, reason }, t, className }: { run: WhatIfRun; t: Translate; className: (code: string) => string }) {
  if (state === "running") return <Banner>{t("whatIf.running", { done, days })}</Banner>;
  if (state === "failed" || !result) return <Banner tone="bad">{t("whatIf.failed", { reason })}</Banner>;
  const one = (value: number) => value.toFixed(1);
  const name = (row: WhatIfRow) => t(`whatIf.${row.measure}`, { class: row.class === null ? t("whatIf.all") : className(row.class), within: result.within });
  const sure = ({ difference: { value, low, high } }: WhatIfRow) => (low === null || high === null ? value !== 0 : low > 0 || high < 0);
  const signed = (value: number) => (Number(one(value)) === 0 ? one(0) : `${value > 0 ? "+" : ""}${one(value)}`);
  return (
    <section aria-labelledby="result" className="flex flex-col gap-3">
      <h2 id="result" className="text-lg font-semibold">{t("whatIf.result")}</h2>
      <p>{t("whatIf.resultOf", { from: input.from, to: input.to, days: result.days.length, visits: result.visits })}{Object.keys(input.windows).length > 0 ? ` · ${Object.entries(input.windows).map(([line, change]) => `${line} ${signed(change).replace(".0", "")}`).join(" ")}` : ""}</p>
      <SimpleTable label={t("whatIf.result")} empty="–" columns={[{ label: t("whatIf.measure") }, { label: t("whatIf.before"), figure: true }, { label: t("whatIf.after"), figure: true }, { label: t("whatIf.difference"), figure: true }, { label: t("whatIf.certainty") }]}
        rows={result.rows.map((row) => ({ key: `${row.measure}-${row.class}`, cells: [name(row), one(row.before), one(row.after), `${signed(row.difference.value)}${row.difference.low === null || row.difference.high === null ? "" : ` [${signed(row.difference.low)}, ${signed(row.difference.high)}]`}`, sure(row) ? <StateChip key="sure" tone="info">{t("whatIf.sure")}</StateChip> : <StateChip key="unsure">{t("whatIf.unsure")}</StateChip>] }))} />
      <CurveChart title={t("whatIf.chart")} unit={t("whatIf.chartUnit")} points={result.days.map(({ day }) => day.slice(5))} pointName={t("whatIf.day")} asTable={t("chart.asTable")}
        curves={[{ name: t("whatIf.before"), values: result.days.map(({ before }) => before), tone: "warn" }, { name: t("whatIf.after"), values: result.days.map(({ after }) => after), tone: "brand" }, { name: t("whatIf.recorded"), values: result.days.map(({ recorded }) => recorded), tone: "ink" }]} />
      <p className="text-sm text-ink-soft">{t("whatIf.note")}</p>
    </section>
  );
}

async function Shadow({ hall, days, draft, t }: { hall: { id: number; timeZone: string }; days: { from: string; to: string }; draft: PolicyDocument | undefined; t: Translate }) {
  const found = draft ? await shadowOf(database(), hall.id, days.from, days.to, draft) : undefined;
  return (
    <section aria-labelledby="shadow" className="flex flex-col gap-3">
      <h2 id="shadow" className="text-lg font-semibold">{t("shadow.title")}</h2>
      <p className="text-ink-soft">{t("shadow.intro")}（{days.from} – {days.to}）</p>
      {!found ? <p>{t("shadow.noDraft")}</p> : (
        <>
          <p>{t("shadow.summary", { calls: found.compared, differ: found.differing.length, share: found.compared === 0 ? 0 : ((100 * found.differing.length) / found.compared).toFixed(1) })}</p>
          <SimpleTable label={t("shadow.title")} empty={t("shadow.none")} columns={[{ label: t("shadow.at") }, { label: t("shadow.window") }, { label: t("shadow.called") }, { label: t("shadow.draft") }, { label: t("shadow.heads") }]}
            rows={found.differing.slice(0, MOST_LISTED).map((each, index) => ({ key: String(index), cells: [toLocal(new Date(each.at).toISOString(), hall.timeZone).replace("T", " "), each.window, each.called, each.draft, each.heads.join(" ")] }))} />
        </>
      )}
    </section>
  );
}
