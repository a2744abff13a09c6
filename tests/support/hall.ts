import { database } from "@/lib/db/database";
import { type Refusal, type Result } from "@/lib/kernel/result";
import { changeHall, type HallContext, type HallRef } from "@/lib/ledger/commands";
import { hallRef } from "@/lib/regions/data";
import { issueTicket } from "@/lib/queue/ticket/commands";
import type { IssuedTicket, IssueTicketInput } from "@/lib/queue/ticket/schema";
import { openWindow } from "@/lib/windows/commands";

export { later } from "./clock";

export const db = database;
export const demo = (): Promise<HallRef> => hallRef("demo", database());

/** Runs a command in the demo hall as the given actor and returns its result. */
export async function act<T>(work: (ctx: HallContext) => Promise<Result<T>>, actor = "token:1", hall?: HallRef): Promise<Result<T>> {
  return changeHall(database(), { hall: hall ?? (await demo()), actor }, work);
}

/** The value of a result that must be a success. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.code} ${JSON.stringify(result.details)}`);
  return result.value;
}

export const refusal = (result: Result<unknown>): string | undefined => (result.ok ? undefined : (result as Refusal).code);

export const take = async (input: Partial<IssueTicketInput> = {}, trusted = true): Promise<IssuedTicket> =>
  must(await act((ctx) => issueTicket(ctx, { line: "A", channel: "kiosk", ...input } as IssueTicketInput, { secret: "test secret", trusted })));

export async function windowId(code: string, hall?: HallRef): Promise<number> {
  return (await database().selectFrom("windows").select("id").where("hall_id", "=", (hall ?? (await demo())).id).where("code", "=", code).executeTakeFirstOrThrow()).id;
}

/** Opens a window and returns its id. */
export async function open(code: string, actor = "token:1"): Promise<number> {
  const id = await windowId(code);
  must(await act((ctx) => openWindow(ctx, id), actor));
  return id;
}
