import Link from "next/link";
import { texts } from "@/components/intl/server";

export default async function AdminNotFound() {
  const { t } = await texts("admin");
  return (
    <>
      <h1 className="text-2xl font-semibold">{t("notFound.title")}</h1>
      <p>{t("notFound.text")}</p>
      <p><Link href="/admin">{t("notFound.home")}</Link></p>
    </>
  );
}
