import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TicketScreen } from "@/components/citizen/ticket-screen";
import { ClientMessages } from "@/components/intl/client-messages";
import { currentLocale } from "@/components/intl/server";
import { database } from "@/lib/db/database";
import { pickMessages, translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";
import { currentPolicy } from "@/lib/queue/policy/data";
import { ticketPage } from "@/lib/queue/ticket/data";
import { hallRef } from "@/lib/regions/data";

interface Props {
  params: Promise<{ token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "ticket")("page.title"), robots: { index: false } };
}

/** The holder's page: complete as served, live with scripts; without them it reloads itself. */
export default async function TicketPage({ params }: Props) {
  const { token } = await params;
  const locale = await currentLocale();
  const page = await ticketPage(database(), token, locale).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const policy = await currentPolicy(database(), (await hallRef(page.hall)).id);
  return (
    <>
      <noscript><meta httpEquiv="refresh" content="30" /></noscript>
      <ClientMessages locale={locale} messages={pickMessages(locale, ["ticket", "common"])}>
        <TicketScreen token={token} first={page} remindAhead={policy.remindAhead} />
      </ClientMessages>
    </>
  );
}
