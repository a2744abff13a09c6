import Link from "next/link";
import { texts } from "@/components/intl/server";
import { buttonClass } from "@/components/ui/button";

/** What a wrong address says, and the way back. */
export async function NotFoundText() {
  const { t } = await texts("common");
  return (
    <div className="flex flex-col items-start gap-4 py-10">
      <h1 className="text-3xl font-semibold">{t("notFoundTitle")}</h1>
      <p className="text-lg text-ink-soft">{t("notFoundText")}</p>
      <Link href="/" className={buttonClass({ look: "primary", size: "large" })}>{t("home")}</Link>
    </div>
  );
}
