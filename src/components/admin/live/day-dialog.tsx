import { useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { api } from "@/components/api-client";
import { hourMinute } from "@/components/staff/time";
import { usePress } from "@/components/staff/use-press";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Banner, Loading } from "@/components/ui/state";
import type { DayPreview } from "@/lib/queue/day/schema";

interface DayDialogProps {
  hall: string;
  open: boolean;
  onClose: () => void;
  reload: () => Promise<void>;
  timeZone: string;
}

interface Done {
  tickets: number;
  windows: number;
}

const STATES = ["waiting", "called", "serving", "held", "missed"] as const;

/** End of the day: first what it would do, then the confirmation of exactly that; anything new in between asks again. */
export function DayDialog({ hall, open, onClose, reload, timeZone }: DayDialogProps) {
  const t = useTranslations("admin.day");
  const common = useTranslations("common");
  const [preview, setPreview] = useState<DayPreview>();
  const [problem, setProblem] = useState<string>();
  const [done, setDone] = useState<Done>();
  const { pending, press } = usePress(reload);
  const base = `/halls/${encodeURIComponent(hall)}/day`;

  const look = useCallback(async () => {
    const result = await api<DayPreview>(`${base}/preview`);
    if (result.ok) setPreview(result.value);
    else setProblem(result.problem.detail || t("noAnswer"));
  }, [base, t]);
  useEffect(() => {
    if (!open) return;
    setPreview(undefined);
    setProblem(undefined);
    setDone(undefined);
    void look();
  }, [open, look]);

  const confirm = async () => {
    setProblem(undefined);
    const result = await press<Done>("day", `${base}/close`, { seq: preview!.seq });
    if (!result) return;
    if (result.ok) return setDone(result.value);
    setProblem(result.problem.detail || t("noAnswer"));
    if (result.problem.code === "day_changed") await look();
  };
  return (
    <Dialog open={open} onClose={onClose} title={t("title")} {...(done ? {} : { description: t("intro") })} closeLabel={common("close")}>
      <div className="flex flex-col gap-4">
        {problem ? <Banner tone="bad">{problem}</Banner> : null}
        {done ? (
          <>
            <Banner tone="good">{t("done", { tickets: done.tickets, windows: done.windows })}</Banner>
            <p><Button look="primary" onClick={onClose}>{common("close")}</Button></p>
          </>
        ) : preview ? (
          <>
            <Preview preview={preview} timeZone={timeZone} />
            <div className="flex flex-wrap gap-3">
              <Button look="danger" onClick={() => void confirm()} disabled={pending !== undefined}>{t("confirm")}</Button>
              <Button onClick={onClose}>{common("cancel")}</Button>
              <Button look="quiet" onClick={() => void look()}>{t("again")}</Button>
            </div>
            {pending?.waiting ? <p role="status" className="text-sm text-ink-soft">{t("stillTrying")}</p> : null}
          </>
        ) : problem ? <p><Button onClick={() => { setProblem(undefined); void look(); }}>{common("retry")}</Button></p> : <Loading label={common("loading")} />}
      </div>
    </Dialog>
  );
}

function Preview({ preview, timeZone }: { preview: DayPreview; timeZone: string }) {
  const t = useTranslations("admin.day");
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">{t("day", { day: preview.day })}</p>
      <dl className="grid grid-cols-3 gap-2 sm:grid-cols-6">
        {STATES.map((state) => <div key={state}><dt className="text-sm text-ink-soft">{t(`state.${state}`)}</dt><dd className="text-xl font-semibold">{preview[state]}</dd></div>)}
        <div><dt className="text-sm text-ink-soft">{t("windows")}</dt><dd className="text-xl font-semibold">{preview.windows.length}</dd></div>
      </dl>
      {preview.windows.length > 0 ? <p className="text-sm">{t("closing", { windows: preview.windows.join(" ") })}</p> : null}
      {preview.tickets.length === 0 ? <p>{t("nothingLeft")}</p> : (
        <div role="region" aria-label={t("tickets")} tabIndex={0} className="max-h-64 overflow-auto rounded-base border border-line">
          <table className="w-full text-sm">
            <thead className="sticky top-0 bg-canvas text-left"><tr><th scope="col" className="px-3 py-1 font-medium">{t("number")}</th><th scope="col" className="px-3 py-1 font-medium">{t("now")}</th><th scope="col" className="px-3 py-1 font-medium">{t("taken")}</th><th scope="col" className="px-3 py-1 font-medium">{t("then")}</th></tr></thead>
            <tbody>
              {preview.tickets.map((ticket) => (
                <tr key={`${ticket.number}-${ticket.issuedAt}`} className="border-t border-line"><th scope="row" className="px-3 py-1 text-left font-semibold">{ticket.number}</th><td className="px-3 py-1">{t(`state.${ticket.state}`)}</td><td className="px-3 py-1">{hourMinute(ticket.issuedAt, timeZone)}</td><td className="px-3 py-1">{t(`fate.${ticket.then}`)}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
