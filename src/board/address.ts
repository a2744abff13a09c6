import { type Locale, toLocale } from "@/lib/i18n/locale";

export interface Address {
  /** An open public board of this hall; without it the screen is a paired device. */
  hall?: string;
  zone?: string;
  lang: Locale;
  /** `plan` shows where the windows are beside the calls, e.g. at the entrance. */
  plan: boolean;
  /** Overrules what the zone or the device says. */
  voice?: boolean;
}

/** `/board?hall=demo&zone=A&lang=en&voice=on&view=plan` */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const voice = query.get("voice");
  return {
    hall: query.get("hall") || undefined,
    zone: query.get("zone") || undefined,
    plan: query.get("view") === "plan",
    lang: toLocale(query.get("lang")),
    voice: voice === "on" ? true : voice === "off" ? false : undefined,
  };
}
