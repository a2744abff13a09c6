import type { Locale } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";

/** What the worker (public/sw.js) writes above a page from memory: the hall's time zone and the sentence, in the page's language. */
export const offlineLine = (locale: Locale, timeZone = "Asia/Shanghai"): Record<string, string> => ({ "yiting-offline": `${timeZone}|${translator(locale, "my")("offline", { time: "{time}" })}` });
