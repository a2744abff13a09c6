import { createTranslator } from "use-intl/core";
import type { Locale } from "./locale";
import enAdmin from "@/messages/en/admin.json";
import enAppointments from "@/messages/en/appointments.json";
import enBook from "@/messages/en/book.json";
import enCatalog from "@/messages/en/catalog.json";
import enCitizen from "@/messages/en/citizen.json";
import enCommon from "@/messages/en/common.json";
import enDesk from "@/messages/en/desk.json";
import enFloor from "@/messages/en/floor.json";
import enGuide from "@/messages/en/guide.json";
import enKiosk from "@/messages/en/kiosk.json";
import enLists from "@/messages/en/lists.json";
import enLogin from "@/messages/en/login.json";
import enMy from "@/messages/en/my.json";
import enOutbox from "@/messages/en/outbox.json";
import enPolicy from "@/messages/en/policy.json";
import enRefusals from "@/messages/en/refusals.json";
import enResidency from "@/messages/en/residency.json";
import enTicket from "@/messages/en/ticket.json";
import enTidal from "@/messages/en/tidal.json";
import enVisit from "@/messages/en/visit.json";
import enWaits from "@/messages/en/waits.json";
import zhAdmin from "@/messages/zh/admin.json";
import zhAppointments from "@/messages/zh/appointments.json";
import zhBook from "@/messages/zh/book.json";
import zhCatalog from "@/messages/zh/catalog.json";
import zhCitizen from "@/messages/zh/citizen.json";
import zhCommon from "@/messages/zh/common.json";
import zhDesk from "@/messages/zh/desk.json";
import zhFloor from "@/messages/zh/floor.json";
import zhGuide from "@/messages/zh/guide.json";
import zhKiosk from "@/messages/zh/kiosk.json";
import zhLists from "@/messages/zh/lists.json";
import zhLogin from "@/messages/zh/login.json";
import zhMy from "@/messages/zh/my.json";
import zhOutbox from "@/messages/zh/outbox.json";
import zhPolicy from "@/messages/zh/policy.json";
import zhRefusals from "@/messages/zh/refusals.json";
import zhResidency from "@/messages/zh/residency.json";
import zhTicket from "@/messages/zh/ticket.json";
import zhTidal from "@/messages/zh/tidal.json";
import zhVisit from "@/messages/zh/visit.json";
import zhWaits from "@/messages/zh/waits.json";

const zh = { admin: zhAdmin, appointments: zhAppointments, book: zhBook, catalog: zhCatalog, citizen: zhCitizen, common: zhCommon, desk: zhDesk, floor: zhFloor, guide: zhGuide, kiosk: zhKiosk, lists: zhLists, login: zhLogin, my: zhMy, outbox: zhOutbox, policy: zhPolicy, refusals: zhRefusals, residency: zhResidency, ticket: zhTicket, tidal: zhTidal, visit: zhVisit, waits: zhWaits };
export type Messages = typeof zh;
export type Namespace = keyof Messages;

// English must have every key that Chinese has; a missing one does not compile.
const en: Messages = { admin: enAdmin, appointments: enAppointments, book: enBook, catalog: enCatalog, citizen: enCitizen, common: enCommon, desk: enDesk, floor: enFloor, guide: enGuide, kiosk: enKiosk, lists: enLists, login: enLogin, my: enMy, outbox: enOutbox, policy: enPolicy, refusals: enRefusals, residency: enResidency, ticket: enTicket, tidal: enTidal, visit: enVisit, waits: enWaits };

export const MESSAGES: Record<Locale, Messages> = { zh, en };

/** Text of a key with its ICU values. */
export type Translate = (key: string, values?: Record<string, string | number | Date>) => string;

/** Texts of one namespace, for code outside of React. */
export const translator = (locale: Locale, namespace: Namespace): Translate =>
  createTranslator({ locale, messages: MESSAGES[locale], namespace, timeZone: "Asia/Shanghai" } as never) as unknown as Translate;

/** The namespaces that a page's client parts need. */
export const pickMessages = (locale: Locale, namespaces: readonly Namespace[]): Partial<Messages> =>
  Object.fromEntries(namespaces.map((namespace) => [namespace, MESSAGES[locale][namespace]]));

/** Text of a refusal or error code; an unknown code shows the general sentence. */
export function refusalText(locale: Locale, code: string, details: Record<string, unknown> = {}): string {
  const t = translator(locale, "refusals");
  const told = Array.isArray(details.uses) ? { ...details, uses: details.uses.map((use: Used) => usedBy(t, locale, use)).join(t("uses.and")) } : details;
  return t(code in MESSAGES[locale].refusals ? code : "unexpected", told as Record<string, string>);
}

/** What uses a record, as the ledger counts it. */
interface Used {
  kind: string; count: number; names: readonly string[]; namesEn: readonly string[];
}

const usedBy = (t: Translate, locale: Locale, { kind, count, names, namesEn }: Used): string =>
  t(`uses.${kind}`, { count, names: (locale === "zh" ? names : namesEn).join(t("uses.comma")) + (count > names.length ? t("uses.more") : "") });
