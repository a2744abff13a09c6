import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { hourMinute, minutesBetween } from "@/components/staff/time";
import { usePress } from "@/components/staff/use-press";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Banner, StateChip } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import { type LiveWindow, WINDOW_TONES } from "./live-windows";

interface WindowDialogProps {
  hall: string;
  window: LiveWindow | undefined;
  now: number;
  timeZone: string;
  mayClose: boolean;
  onClose: () => void;
  reload: () => Promise<void>;
}

/** One window in detail; an administrator can close it in its clerk's place. */
export function WindowDialog({ hall, window, now, timeZone, mayClose, onClose, reload }: WindowDialogProps) {
  const t = useTranslations("admin.live");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { pending, press } = usePress(reload);
  const leave = () => {
    setAsking(false);
    setProblem(undefined);
    onClose();
  };
  const close = async () => {
    const result = await press(`close:${window!.code}`, `/halls/${encodeURIComponent(hall)}/windows/${encodeURIComponent(window!.code)}/close`, {});
    if (!result) return;
    if (result.ok) return leave();
    setAsking(false);
    setProblem(result.problem.detail || t("noAnswer"));
  };
  if (!window) return null;
  const rows: [string, string][] = [
    [t("zone"), `${common("floor", { floor: window.floor })} · ${localName(locale, { name: window.zoneName, nameEn: window.zoneNameEn })}`],
    [t("operator"), window.state === "closed" ? "—" : (window.operatorName ?? t("machine"))],
    [t("sinceLabel"), t("sinceValue", { time: hourMinute(window.since, timeZone), minutes: minutesBetween(window.since, now) })],
    ...(window.ticket ? ([[t("ticket"), t("ticketValue", { number: window.ticket.number, line: window.ticket.line, calls: window.ticket.calls })]] as [string, string][]) : []),
    ...(window.pauseReason ? ([[t("pauseReason"), window.pauseReason]] as [string, string][]) : []),
    [t("held"), String(window.held)], [t("servedToday"), String(window.served)], [t("linesOf"), window.lines.join(" ") || "—"],
  ];
  return (
    <Dialog open onClose={leave} title={`${window.code} ${localName(locale, window)}`} closeLabel={common("close")}>
      <div className="flex flex-col gap-4">
        <p><StateChip tone={WINDOW_TONES[window.state]}>{t(`state.${window.state}`)}</StateChip></p>
        <dl className="grid grid-cols-[8rem_1fr] gap-y-1">
          {rows.map(([label, value]) => <div key={label} className="contents"><dt className="text-ink-soft">{label}</dt><dd>{value}</dd></div>)}
        </dl>
        {problem ? <Banner tone="bad">{problem}</Banner> : null}
        {mayClose && window.state !== "closed" ? (
          asking ? (
            <div className="flex flex-col gap-3 rounded-base border border-bad p-4">
              <p>{t("closeQuestion", { window: window.code })}</p>
              <div className="flex flex-wrap gap-3">
                <Button look="danger" onClick={() => void close()} disabled={pending !== undefined}>{t("closeWindow")}</Button>
                <Button onClick={() => setAsking(false)}>{common("cancel")}</Button>
              </div>
              {pending?.waiting ? <p role="status" className="text-sm text-ink-soft">{t("stillTrying")}</p> : null}
            </div>
          ) : <p><Button look="danger" onClick={() => { setProblem(undefined); setAsking(true); }}>{t("closeForClerk")}</Button></p>
        ) : null}
      </div>
    </Dialog>
  );
}
