"use client";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";

/** A page that could not be read: what happened, what is safe, what to do next. */
export default function AdminError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const t = useTranslations("admin.error");
  return (
    <>
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <Banner tone="bad">
        <p>{t("text")}</p>
        {error.digest ? <p className="text-sm">{t("number", { id: error.digest })}</p> : null}
        <Button className="mt-2" onClick={() => retry()}>{t("retry")}</Button>
      </Banner>
    </>
  );
}
