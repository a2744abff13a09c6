"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

interface KeptPage {
  path: string;
  name: string;
  at: string;
}

/** Numbers and bookings that this phone has kept. */
export function KeptList() {
  const t = useTranslations("my");
  const [pages, setPages] = useState<KeptPage[]>();
  useEffect(() => void readKept().then(setPages, () => setPages([])), []);
  if (!pages) return null;
  if (pages.length === 0) return <p>{t("offlineNone")}</p>;
  return (
    <ul className="divide-y divide-line rounded-base border border-line bg-surface">
      {pages.map(({ path, name, at }) => (
        <li key={path}><Link href={path} prefetch={false} className="flex min-h-14 flex-col justify-center px-4 py-2 no-underline hover:bg-brand-soft"><span className="text-lg text-brand">{name || t(path.startsWith("/t/") ? "offlineTicket" : "offlineBooking")}</span><span className="text-ink-soft">{t("offlineSeen", { time: new Date(at).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(5, 16) })}</span></Link></li>
      ))}
    </ul>
  );
}

async function readKept(): Promise<KeptPage[]> {
  const cache = await caches.open("yiting-pages-1");
  const requests = (await cache.keys()).filter((request) => /^\/[at]\//.test(new URL(request.url).pathname));
  return Promise.all(requests.map(async (request) => {
    const answer = (await cache.match(request))!;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { path: new URL(request.url).pathname, name: page.querySelector("h1")?.textContent ?? "", at: answer.headers.get("X-Kept-At") ?? "" };
  }));
}
