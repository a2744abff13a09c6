"use client";
import { Printer } from "lucide-react";
import { useTranslations } from "use-intl";
import { api } from "@/components/api-client";
import { Button } from "@/components/ui/button";
import type { HallDetail } from "@/lib/regions/schema";
import type { Step } from "./flow";
import { Heading } from "./heading";
import { Slip } from "./slip";
import { useCountdown } from "./use-countdown";

interface ResultProps {
  hall: HallDetail;
  step: Extract<Step, { at: "result" }>;
  elder: boolean;
  publicUrl?: string;
  token: string;
  onDone: () => void;
}

export function ResultScreen({ hall, step, elder, publicUrl, token, onDone }: ResultProps) {
  const t = useTranslations("kiosk.result");
  const [left, again] = useCountdown(elder ? 60 : 30, onDone);
  const address = new URL(`/t/${step.ticket.token}`, publicUrl ?? location.origin).href;
  const print = () => {
    again();
    window.print();
    void api("/devices/me/usage", { body: { name: "print" }, token });
  };
  return (
    <>
      <div className="not-on-paper"><Heading>{t(step.booked ? "arrived" : "heading")}</Heading></div>
      <div className="mt-3 flex min-h-0 flex-1 flex-col gap-4 landscape:flex-row landscape:gap-8 print:m-0 print:block">
        <div className="min-h-0 flex-1 overflow-y-auto print:overflow-visible"><Slip hall={hall} step={step} address={address} /></div>
        <div className="not-on-paper mt-auto flex flex-col gap-4 landscape:w-[30%]">
          <div className="flex items-center justify-between gap-4 landscape:flex-wrap">
            <p className="text-xl">{t("leaving", { seconds: left })}</p>
            <Button size="large" onClick={again}>{t("longer")}</Button>
          </div>
          <div className="grid grid-cols-2 gap-4 landscape:grid-cols-1">
            <Button size="huge" className="px-4 whitespace-nowrap landscape:min-h-24" onClick={print}><Printer aria-hidden className="size-10 shrink-0 portrait:in-[[data-elder=true]]:hidden" />{t("print")}</Button>
            <Button look="primary" size="huge" className="landscape:min-h-24" onClick={onDone}>{t("done")}</Button>
          </div>
        </div>
      </div>
    </>
  );
}
