import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { currentLocale } from "@/components/intl/server";
import { Button, buttonClass } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { recipientByToken } from "@/lib/notify/data";
import { STOPPABLE } from "@/lib/notify/model";

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ saved?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "outbox")("page.title"), robots: { index: false } };
}

/** Which messages the owner of an address wants. A plain form: it works without scripts. */
export default async function MessagesPage({ params, searchParams }: Props) {
  const { token } = await params;
  const locale = await currentLocale();
  const t = translator(locale, "outbox");
  const recipient = await recipientByToken(database(), token);
  if (!recipient) notFound();
  return (
    <div className="mx-auto flex max-w-xl flex-col gap-5">
      <h1 className="text-3xl font-semibold">{t("page.title")}</h1>
      {(await searchParams).saved ? <Banner tone="good">{t("page.saved")}</Banner> : null}
      <p className="text-lg">{t("page.intro", { hall: localName(locale, recipient), masked: recipient.masked })}</p>
      <form method="post" action={`/m/${token}/save`} className="flex flex-col gap-4 rounded-base border border-line bg-surface p-4 sm:p-6">
        {STOPPABLE.map((group) => (
          <label key={group} className="flex min-h-11 items-center gap-3 text-lg">
            <input type="checkbox" name="wanted" value={group} defaultChecked={!recipient.stopped.includes(group)} className="size-6 shrink-0 accent-brand" />{t(`page.groups.${group}`)}
          </label>
        ))}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" size="large">{t("page.save")}</Button>
          <Button type="submit" name="none" value="1" size="large">{t("page.all")}</Button>
        </div>
      </form>
      <p className="text-ink-soft">{t("page.code")}</p>
      <p><Link href={`/h/${recipient.hall}`} className={buttonClass()}>{t("page.hall")}</Link></p>
    </div>
  );
}
