import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { currentLocale } from "@/components/intl/server";
import { htmlLang } from "@/lib/i18n/locale";
import "./globals.css";

export const metadata: Metadata = { title: { default: "一厅", template: "%s · 一厅" }, description: "政务服务大厅：取号、等候、办事" };
export const viewport: Viewport = { width: "device-width", initialScale: 1, themeColor: "#0b4ea2" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await currentLocale();
  const elder = (await cookies()).get("yiting-elder")?.value === "1";
  return (
    <html lang={htmlLang(locale)} data-elder={elder}>
      <body>{children}</body>
    </html>
  );
}
