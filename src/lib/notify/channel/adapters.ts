import type { ChannelKind } from "../model";
import { email } from "./email";
import { gateway, sms } from "./gateway";
import type { Adapter } from "./model";
import { push } from "./push";

/** The log sends nothing: the message itself, in the list of the administration, shows what would be sent. */
const log: Adapter = async () => ({ ok: true, cost: 0 });

export const ADAPTERS: Record<ChannelKind, Adapter> = { sms, email, gateway, push, log };
