import { acknowledgeAlertAction } from "@/app/admin/tidal/actions";
import { ConfirmButton } from "@/components/admin/confirm-button";
import { Panel } from "@/components/admin/panel";
import type { Place } from "@/components/admin/place";
import { toLocal } from "@/components/form/zoned-time";
import { StateChip } from "@/components/ui/state";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import type { AlertView } from "@/lib/queue/alerts/data";

interface AlertPanelProps {
  alerts: readonly AlertView[];
  place: Pick<Place, "locale"> & { hall: NonNullable<Place["hall"]> };
  writable: boolean;
}

/** Waits that are too long, who is told by now, and who has taken it up (BG-C09c). */
export function AlertPanel({ alerts, place: { locale, hall }, writable }: AlertPanelProps) {
  const t = translator(locale, "tidal");
  const admin = translator(locale, "admin");
  return (
    <Panel id="alerts" title={t("alerts.title")}>
      {alerts.length === 0 ? <p>{t("alerts.none")}</p> : (
        <ul className="flex flex-col gap-3">
          {alerts.map((alert) => (
            <li key={alert.id} className="flex flex-wrap items-center justify-between gap-3 border-b border-line pb-3 last:border-0">
              <div>
                <p className="flex flex-wrap items-center gap-2">
                  <StateChip tone={alert.severity === "too_long" ? "bad" : "warn"}>{t(`alerts.severity.${alert.severity}`)}</StateChip>
                  <StateChip tone="info">{t(`alerts.level.${alert.level}`)}</StateChip>
                  <span className="font-semibold">{t("alerts.long", { line: alert.line, name: localName(locale, alert), minutes: Math.round(alert.minutes), count: alert.waiting })}</span>
                </p>
                <p className="text-sm text-ink-soft">{t("alerts.since", { time: toLocal(alert.raisedAt, hall.timeZone).slice(11, 16), number: alert.number })}{alert.acknowledgedBy ? ` · ${t("alerts.by", { name: alert.acknowledgedBy })}` : ""}</p>
              </div>
              {writable && !alert.acknowledgedAt ? (
                <ConfirmButton look="primary" action={acknowledgeAlertAction.bind(null, hall.code, alert.id)} texts={{
                  open: t("alerts.acknowledge"), title: t("alerts.acknowledgeTitle", { line: alert.line }), description: t("alerts.acknowledgeText"), confirm: t("alerts.acknowledge"), cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: admin("form.close"),
                }} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
