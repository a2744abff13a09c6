"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import type { TicketPage } from "@/lib/queue/ticket/schema";

/** Return after a missed call, or leave; leaving asks once, in the page. */
export function TicketActions({ page, onStep }: { page: TicketPage; onStep: (step: "cancel" | "return") => Promise<void> }) {
  const t = useTranslations("ticket.page");
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const press = async (step: "cancel" | "return") => {
    setPending(true);
    await onStep(step);
    setPending(false);
    setAsking(false);
  };
  return (
    <div className="flex flex-col gap-3">
      {page.canReturn ? <Button look="primary" size="large" disabled={pending} onClick={() => void press("return")}>{t("return")}</Button> : null}
      {page.canCancel && !asking ? <Button onClick={() => setAsking(true)}>{t("cancel")}</Button> : null}
      {asking ? (
        <div role="group" aria-label={t("cancel")} className="flex flex-col gap-3 rounded-base border border-bad bg-surface p-4">
          <p>{t("cancelAsk", { number: page.number })}</p>
          <div className="flex flex-wrap gap-3">
            <Button look="danger" disabled={pending} onClick={() => void press("cancel")}>{t("cancelYes")}</Button>
            <Button autoFocus onClick={() => setAsking(false)}>{t("cancelNo")}</Button>
          </div>
        </div>
      ) : null}
    </div>
  );
}
