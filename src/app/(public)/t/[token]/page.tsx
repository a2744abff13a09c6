import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeepPage } from "@/components/citizen/offline/keep-page";
import { offlineLine } from "@/components/citizen/offline/offline-line";
import { TicketScreen } from "@/components/citizen/ticket-screen";
import { ClientMessages } from "@/components/intl/client-messages";
import { currentLocale } from "@/components/intl/server";
import { database } from "@/lib/db/database";
import { pickMessages, translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";
import { pushKeyOf } from "@/lib/notify/channel/data";
import { currentPolicy } from "@/lib/queue/policy/data";
import { ticketPage } from "@/lib/queue/ticket/data";
import { hallRef } from "@/lib/regions/data";

interface Props {
  params: Promise<{ token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const locale = await currentLocale();
  return { title: translator(locale, "ticket")("page.title"), robots: { index: false }, other: offlineLine(locale) };
}

/** The holder's page: complete as served, live with scripts; without them it reloads itself. */
export default async function TicketPage({ params }: Props) {
  const { token } = await params;
  const locale = await currentLocale();
  const page = await ticketPage(database(), token, locale).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const hall = await hallRef(page.hall);
  const [policy, pushKey] = await Promise.all([currentPolicy(database(), hall.id), pushKeyOf(database(), hall.id)]);
  return (
    <>
      <noscript><meta httpEquiv="refresh" content="30" /></noscript>
      <ClientMessages locale={locale} messages={pickMessages(locale, ["ticket", "common"])}>
        <TicketScreen token={token} first={page} remindAhead={policy.remindAhead} pushKey={pushKey} />
      </ClientMessages>
      <KeepPage />
    </>
  );
}
