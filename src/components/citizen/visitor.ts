import { cookies, headers } from "next/headers";
import { currentLocale } from "@/components/intl/server";
import { consume } from "@/lib/auth/commands";
import type { Challenge } from "@/lib/appointments/book/proof";
import { citizenCookie, citizenOfSession } from "@/lib/citizens/data";
import type { Citizen } from "@/lib/citizens/model";
import { database } from "@/lib/db/database";
import { asAppError } from "@/lib/db/faults";
import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locale";
import { refusalText, translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";

/** The visitor who has signed in on this browser, if any. */
export async function currentCitizen(): Promise<Citizen | undefined> {
  const session = await visitorCookie("citizen");
  return session ? citizenOfSession(database(), session) : undefined;
}

export interface Visitor {
  locale: Locale;
  /** The client's address as server.ts found it. */
  address: string;
  citizen: Citizen | undefined;
}

/** What a step of a form answers: a sentence when it was refused, else nothing, since it leads to another page. */
export interface StepState {
  problem?: string;
  /** Work that the browser has to do first: very many bookings come from its address. */
  challenge?: Challenge;
}

/**
 * Whoever sends a form of the citizens' pages: everybody may, each address within its limit. What concerns one booking
 * needs its link, what concerns a person the session.
 */
export async function visitorForAction(): Promise<Visitor> {
  const address = (await headers()).get("x-client-address") ?? "unknown";
  await consume("anonymous_write", address);
  return { locale: await currentLocale(), address, citizen: await currentCitizen() };
}

/** Runs a step; too many presses, a link of nobody and a database that is away become a sentence beside the button. */
export async function stepOf<S extends StepState>(work: (visitor: Visitor) => Promise<S>, unchanged: S): Promise<S> {
  try {
    return await work(await visitorForAction());
  } catch (error) {
    const known = asAppError(error);
    const locale = await currentLocale();
    if (!(known instanceof AppError)) throw error;
    const { challenge } = (known.options.details ?? {}) as { challenge?: Challenge };
    // With scripts the browser does the work by itself and the sentence is not seen.
    return { ...unchanged, ...(challenge ? { problem: translator(locale, "book")("check.noProof"), challenge } : { problem: refusalText(locale, known.code, known.options.details) }) };
  }
}

/** Address under which this browser reaches the program. */
export const publicOrigin = async (): Promise<string> => env().PUBLIC_URL?.replace(/\/$/, "") ?? `http://${(await headers()).get("host") ?? "localhost"}`;

/** A cookie of the citizens' pages: not readable by scripts, and sent when the platform leads back to us. */
export async function setVisitorCookie(purpose: Parameters<typeof citizenCookie>[0], value: string, seconds: number): Promise<void> {
  const { name, secure } = citizenCookie(purpose);
  (await cookies()).set(name, value, { httpOnly: true, secure, sameSite: "lax", path: "/", maxAge: seconds });
}

export const visitorCookie = async (purpose: Parameters<typeof citizenCookie>[0]): Promise<string | undefined> => (await cookies()).get(citizenCookie(purpose).name)?.value;
