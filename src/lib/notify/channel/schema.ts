import { z } from "zod";
import { flag, nameInput, sortInput } from "@/lib/kernel/input";
import { CHANNEL_KINDS } from "../model";

const SCHEMES: Record<(typeof CHANNEL_KINDS)[number], readonly string[]> = { sms: ["http:", "https:"], gateway: ["http:", "https:"], email: ["smtp:", "smtps:"], push: [], log: [] };

const protocolOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).protocol : undefined);

/** A channel as the register saves it; an absent secret stays as it is. */
export const channelInput = z.object({
  code: z.string().trim().regex(/^[a-z][a-z0-9-]{0,31}$/), name: nameInput, nameEn: nameInput, kind: z.enum(CHANNEL_KINDS),
  address: z.string().trim().max(300).default(""), account: z.string().trim().max(200).default(""), sender: z.string().trim().max(200).default(""), secret: z.string().trim().min(8).max(400).optional(),
  costCents: z.coerce.number().min(0).max(10_000).default(0), ratePerMinute: z.coerce.number().int().min(1).max(100_000).default(60), sort: sortInput, active: flag,
}).superRefine((input, check) => {
  const schemes = SCHEMES[input.kind];
  if (schemes.length > 0 && !schemes.includes(protocolOf(input.address) ?? "")) check.addIssue({ code: "custom", path: ["address"], message: "channel_address" });
  // Whoever reads the register must not find a password in an address.
  if (URL.canParse(input.address) && (new URL(input.address).username || new URL(input.address).password)) check.addIssue({ code: "custom", path: ["address"], message: "channel_address" });
  if (input.kind === "email" && !z.email().safeParse(input.sender.replace(/^.*<(.*)>$/, "$1")).success) check.addIssue({ code: "custom", path: ["sender"], message: "channel_sender" });
});
export type ChannelInput = z.output<typeof channelInput>;

/** `POST /halls/{hall}/messages/receipts`: what became of messages that the channel took. */
export const receiptsInput = z.object({ receipts: z.array(z.object({ id: z.string().min(1).max(128), state: z.enum(["delivered", "failed"]), error: z.string().max(200).optional() })).min(1).max(500) });
export type Receipt = z.output<typeof receiptsInput>["receipts"][number];
