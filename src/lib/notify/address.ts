import { env } from "@/lib/env/env";
import { keyedHash, sha256 } from "@/lib/kernel/ids";
import { maskPhone } from "@/lib/kernel/mask";
import { blindIndex } from "@/lib/kernel/sealed";
import type { ChannelKind } from "./model";
import type { Contact, PushSubscription } from "./schema";

/** What a message says, as it lies sealed in the outbox. */
export interface Content {
  title: string;
  text: string;
  values: Readonly<Record<string, string>>;
  /** Id of the text at an SMS gateway; empty when it has none. */
  template: string;
}

/** One address of a contact: which channels can use it, what lists show, and the hash by which it stops messages. */
export interface Address {
  kind: Exclude<ChannelKind, "log">;
  to: string;
  push?: PushSubscription;
  masked: string;
  hash: string;
}

const maskEmail = (email: string): string => email.replace(/^(.)[^@]*/, "$1***");

/** Addresses of a contact, phone first. */
export function addressesOf({ phone, email, push, gateway }: Contact): Address[] {
  const { SECRET } = env();
  return [
    ...(phone ? [{ kind: "sms" as const, to: phone, masked: maskPhone(phone), hash: blindIndex(SECRET, "phone", phone) }] : []),
    ...(gateway ? [{ kind: "gateway" as const, to: gateway, masked: `${gateway.slice(0, 3)}***`, hash: keyedHash(SECRET, `gateway:${gateway}`) }] : []),
    ...(email ? [{ kind: "email" as const, to: email, masked: maskEmail(email), hash: keyedHash(SECRET, `email:${email.toLowerCase()}`) }] : []),
    ...(push ? [{ kind: "push" as const, to: push.endpoint, push, masked: `${new URL(push.endpoint).host} ${sha256(push.endpoint).slice(0, 4)}`, hash: keyedHash(SECRET, `push:${push.endpoint}`) }] : []),
  ];
}

export const firstAddress = (contact: Contact): Address | undefined => addressesOf(contact)[0];
