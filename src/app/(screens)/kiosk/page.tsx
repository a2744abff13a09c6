import type { Metadata } from "next";
import { texts } from "@/components/intl/server";
import { KioskApp } from "@/components/kiosk/kiosk-app";
import { env } from "@/lib/env/env";
import { pickMessages } from "@/lib/i18n/messages";
import "./kiosk.css";

const NAMESPACES = ["common", "kiosk"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await texts("kiosk");
  return { title: t("title") };
}

/** Both languages go along: a visitor switches without asking the server, and the next one starts in Chinese again. */
export default function KioskPage() {
  return <KioskApp messages={{ zh: pickMessages("zh", NAMESPACES), en: pickMessages("en", NAMESPACES) }} publicUrl={env().PUBLIC_URL} />;
}
