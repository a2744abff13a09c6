"use client";
import { CircleAlert, LoaderCircle } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Heading } from "./heading";

/** No answer came: no number is shown, whatever the server may have done. Trying again asks for the same press. */
export function FailedScreen({ phase, onRetry }: { phase: "idle" | "taking" | "slow"; onRetry: () => void }) {
  const t = useTranslations("kiosk");
  const taking = phase !== "idle";
  return (
    <div className="m-auto flex max-w-[40rem] flex-col items-center gap-8 text-center">
      <CircleAlert aria-hidden className="size-24 text-bad" />
      <Heading>{t("failed.heading")}</Heading>
      <p role="status" className="text-2xl">{taking ? t("confirm.takingSlow") : t("failed.text")}</p>
      <Button size="huge" disabled={taking} onClick={onRetry}>
        {taking ? <LoaderCircle aria-hidden className="size-10 animate-spin" /> : null}
        {t(taking ? "confirm.taking" : "failed.retry")}
      </Button>
    </div>
  );
}
