import { z } from "zod";
import type { Locale } from "@/lib/i18n/locale";
import { LOCALES } from "@/lib/i18n/locale";
import type { MessageKind, Text, VariableOf } from "./model";

/** What a browser gives when it lets a page send it messages (Push API). */
export const pushSubscription = z.object({ endpoint: z.url({ protocol: /^https$/ }).max(1000), keys: z.object({ p256dh: z.string().regex(/^[\w-]{80,100}={0,2}$/), auth: z.string().regex(/^[\w-]{20,30}={0,2}$/) }) });
export type PushSubscription = z.output<typeof pushSubscription>;

/** Mainland mobile number (domain.md section 7). */
export const phoneInput = z.string().trim().regex(/^1[3-9]\d{9}$/);

/** How somebody can be reached; at least one address makes sense, none gives no message. */
export const contactInput = z.object({
  phone: phoneInput.optional(), email: z.email().max(200).optional(), push: pushSubscription.optional(), gateway: z.string().trim().min(1).max(128).optional(),
  locale: z.enum(LOCALES).default("zh"),
});
export interface Contact {
  phone?: string | undefined;
  email?: string | undefined;
  push?: PushSubscription | undefined;
  /** Id of the person at the message gateway (WeChat openid or the like). */
  gateway?: string | undefined;
  locale?: Locale | undefined;
}

export interface MessageInput<K extends MessageKind = MessageKind> {
  kind: K;
  /** What it is about, e.g. "appointment:12". */
  subject: string;
  /** Default: the contact that the subject has. */
  contact?: Contact | undefined;
  /** A value for each variable of the kind; names are masked here. */
  data: Readonly<Record<VariableOf<K>, Text>>;
  /** Instants, ISO 8601; default now and the life of the kind. */
  notBefore?: string | undefined;
  expiresAt?: string | undefined;
  /** Goes out in quiet hours as well: a change of today's booking. */
  urgent?: boolean | undefined;
  /** One message per key; default one per kind, subject and decision (`ctx.now`). */
  dedupe?: string | undefined;
}
