/** Channels as adapters behind one interface: what they get, what they answer. Pure. */
import type { Locale } from "@/lib/i18n/locale";
import type { Address, Content } from "../address";
import type { ChannelKind, MessageKind } from "../model";
import type { Post } from "./http";

/** A channel of a hall, its secret open. */
export interface Channel {
  code: string;
  kind: ChannelKind;
  address: string;
  account: string;
  sender: string;
  secret: string;
  costCents: number;
  ratePerMinute: number;
}

export interface Outgoing {
  /** The same for every attempt: a gateway that knows it does not send twice. */
  id: string;
  kind: MessageKind;
  locale: Locale;
  urgent: boolean;
  content: Content;
  /** Absent for the log. */
  to?: Address;
  /** Instant of the attempt by the database's clock. */
  now: string;
  /** Seconds for which it is of use. */
  lifeSeconds: number;
}

/** What happened: `retry` false when no repetition will help. Costs in cents (fen). */
export type Sent = { ok: true; providerId?: string | undefined; cost?: number | undefined } | { ok: false; retry: boolean; error: string };

export interface Tools {
  post: Post;
  /** Keys of this installation for web push. */
  pushKeys: () => Promise<{ publicKey: string; privateKey: string }>;
}

export type Adapter = (channel: Channel, message: Outgoing, tools: Tools) => Promise<Sent>;

/** Digits in an error of another system may be somebody's number. */
export const plainError = (error: string): string => error.replace(/\d{7,}/g, "…").slice(0, 200);
