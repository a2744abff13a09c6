import { ConfirmButton } from "@/components/admin/confirm-button";
import { CurveChart } from "@/components/admin/curve-chart";
import { Panel } from "@/components/admin/panel";
import { toLocal } from "@/components/form/zoned-time";
import type { Place } from "@/components/admin/place";
import { type Translate, translator } from "@/lib/i18n/messages";
import type { AdviceView, TidalRules } from "@/lib/planner/tidal/schema";
import { dismissAdviceAction, followAdviceAction } from "@/app/admin/tidal/actions";

interface AdvicePanelProps {
  advice: readonly AdviceView[];
  place: Pick<Place, "locale"> & { hall: NonNullable<Place["hall"]> };
  rules: TidalRules;
  writable: boolean;
}

const one = (minutes: number): string => minutes.toFixed(1);

/** What to do, in one sentence. */
export const adviceText = (t: Translate, { kind, window, staff, own }: AdviceView): string => t(`now.${kind}`, { window, staff: staff ?? "", lines: own.join(" ") });

/** Points of a forecast's curves: those who wait already, then by time of arrival. */
export const forecastPoints = ({ forecast: { step, without } }: AdviceView): string[] => without.curve.map((_, index) => (index === 0 ? "0" : `${(index - 1) * step}–${index * step}`));

/** What would help at this moment, each with its two curves; one press does it (JY-6.3a, JY-6.3c). */
export function AdvicePanel({ advice, place, rules, writable }: AdvicePanelProps) {
  const t = translator(place.locale, "tidal");
  return (
    <Panel id="advice" title={t("now.title")}>
      <p className="text-sm text-ink-soft">{t("now.intro", { minutes: rules.horizonMinutes, cost: rules.costMinutes })}</p>
      {advice.length === 0 ? <p>{t("now.nothing")}</p> : (
        <ul className="flex flex-col gap-4">
          {advice.map((each) => <Advice key={each.id} advice={each} place={place} rules={rules} writable={writable} />)}
        </ul>
      )}
    </Panel>
  );
}

function Advice({ advice, place: { locale, hall }, rules, writable }: { advice: AdviceView } & Omit<AdvicePanelProps, "advice">) {
  const t = translator(locale, "tidal");
  const admin = translator(locale, "admin");
  const { forecast, kind, window } = advice;
  const figures = { lines: forecast.lines.join(" "), without: one(forecast.without.p90), with: one(forecast.with.p90) };
  const effect = t(kind === "close" || advice.gain <= 0 ? "now.cost" : "now.gain", figures);
  const texts = { cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: admin("form.close") };
  return (
    <li className="flex flex-col gap-3 border-b border-line pb-4 last:border-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <p className="font-semibold">{adviceText(t, advice)}</p>
          <p>{effect}{locale === "en" ? "; " : "；"}{t("now.waiting", { count: forecast.waiting })}</p>
          <p className="text-sm text-ink-soft">{t("now.since", { time: toLocal(advice.at, hall.timeZone).slice(11, 16) })}</p>
        </div>
        {writable ? (
          <div className="flex flex-wrap gap-2">
            <ConfirmButton look="primary" action={followAdviceAction.bind(null, hall.code, advice.id)} texts={{ ...texts, open: t("now.follow"), title: t("now.followTitle", { window }), description: `${adviceText(t, advice)}。${effect}`, confirm: t("now.follow") }} />
            <ConfirmButton action={dismissAdviceAction.bind(null, hall.code, advice.id)} texts={{ ...texts, open: t("now.dismiss"), title: t("now.dismissTitle", { window }), description: t("now.dismissText", { minutes: rules.quietMinutes }), confirm: t("now.dismiss") }} />
          </div>
        ) : null}
      </div>
      <CurveChart title={t("chart.title", { lines: figures.lines })} unit={t("chart.unit")} points={forecastPoints(advice)} pointName={t("chart.minute")} asTable={t("chart.asTable")}
        curves={[{ name: t("chart.without"), values: forecast.without.curve, tone: "warn" }, { name: t("chart.with"), values: forecast.with.curve, tone: "brand" }]} />
    </li>
  );
}
