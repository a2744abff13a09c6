import { notFound } from "next/navigation";
import { sendAgainAction } from "@/app/admin/message-actions";
import { toLocal } from "@/components/form/zoned-time";
import { SimpleTable } from "@/components/ui/simple-table";
import { database } from "@/lib/db/database";
import { MESSAGES, translator } from "@/lib/i18n/messages";
import { messageDetail, type MessageRow } from "@/lib/notify/data-admin";
import { statesFor } from "@/lib/notify/model";
import { timeZoneOf } from "../choices";
import { ConfirmButton } from "../confirm-button";
import { Panel } from "../panel";
import type { Place } from "../place";
import { HALL_WRITERS, type Row } from "../register";

/** What a message says and every attempt to send it. */
export async function MessagePanel({ place, row }: { place: Place; row: Row }) {
  if (!place.hall) return null;
  const t = translator(place.locale, "admin");
  const message = row as unknown as MessageRow;
  const writable = HALL_WRITERS.includes(place.staff.role);
  const detail = await messageDetail(database(), place.hall.id, Number(message.code), writable);
  if (!detail) notFound();
  const reasons = MESSAGES[place.locale].admin.values.messageError as Record<string, string>;
  return (
    <>
      <Panel id="message-text" title={t("messages.text")}>
        {detail.text ? <><p className="font-medium">{detail.title}</p><p data-slot="message-text" className="break-words whitespace-pre-wrap">{detail.text}</p></> : <p className="text-ink-soft">{t("messages.forgotten")}</p>}
        {message.channel === "log" && writable ? null : <p className="text-sm text-ink-soft">{t("messages.hidden")}</p>}
      </Panel>
      <Panel id="message-attempts" title={t("messages.attempts")}>
        <SimpleTable label={t("messages.attempts")} empty={t("messages.noAttempt")} columns={[{ label: t("messages.at") }, { label: t("fields.messageChannel") }, { label: t("messages.outcome") }, { label: t("fields.messageError") }, { label: t("messages.provider") }]}
          rows={detail.attempts.map((attempt) => ({ key: String(attempt.n), cells: [toLocal(attempt.at, timeZoneOf(place)).replace("T", " "), attempt.channel, t(`values.messageState.${attempt.outcome}`), attempt.error ? (reasons[attempt.error] ?? attempt.error) : "", attempt.providerId ?? ""] }))} />
        {writable && detail.text && (statesFor("again") as string[]).includes(message.state) ? (
          <ConfirmButton action={sendAgainAction.bind(null, place.hall.code, Number(message.code))} texts={{ open: t("messages.again"), title: t("messages.againTitle"), description: t("messages.againText"), confirm: t("messages.again"), cancel: t("form.cancel"), close: t("form.close"), copy: t("form.copy"), copied: t("form.copied"), done: t("form.done") }} />
        ) : null}
      </Panel>
    </>
  );
}
