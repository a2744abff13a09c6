import { sql } from "kysely";
import { type Database, database } from "@/lib/db/database";
import { eachHall } from "@/lib/db/faults";
import { inTransaction } from "@/lib/db/transaction";
import type { HallRef } from "@/lib/ledger/commands";
import { enqueueMessage, link, type MessageContext } from "@/lib/notify/commands";
import { currentPolicy } from "@/lib/queue/policy/data";
import { type Near, nearTickets, takeCursor, type Told, toldSteps } from "./sql";

/** Events after which somebody may have to be told. */
export const moves = (type: string): boolean => type.startsWith("ticket.") && type !== "ticket.issued";

/**
 * Reads on in each hall's ledger and writes the messages around a call: near, called, missed (GD-6.2.2, HN-5.3.5). It
 * never takes a hall's lock, so a call does not wait for it; each message has a key, so it is written once, whoever reads.
 * Answers how many were written.
 */
export async function remindHalls(db: Database = database()): Promise<number> {
  const { rows: halls } = await sql<HallRef>`
    select h.id, h.code from halls h join ledger_heads l on l.hall_id = h.id left join message_cursors c on c.hall_id = h.id where c.seq is null or l.seq > c.seq order by h.id`.execute(db);
  let written = 0;
  await eachHall(halls, "reminders", async (hall) => { written += await remindHall(db, hall); });
  return written;
}

async function remindHall(db: Database, hall: HallRef): Promise<number> {
  return inTransaction(db, async (tx) => {
    const span = await takeCursor(tx, hall.id);
    if (!span) return 0;
    const ctx: MessageContext = { tx, hall, now: span.now };
    let written = 0;
    const count = (id: number | undefined) => { written += id === undefined ? 0 : 1; };
    for (const step of await toldSteps(tx, hall.id, span.from, span.to)) count(await tell(ctx, step));
    const { remindAhead } = await currentPolicy(tx, hall.id);
    if (remindAhead > 0) for (const ticket of await nearTickets(tx, hall.id, span.from, span.to, remindAhead)) count(await tellNear(ctx, ticket));
    await tx.updateTable("message_cursors").set({ seq: span.to }).where("hall_id", "=", hall.id).execute();
    return written;
  });
}

function tell(ctx: MessageContext, { type, subject, seq, number, token, window, zone, zoneEn, floor }: Told): Promise<number | undefined> {
  const common = { subject, dedupe: `${type}/${subject}/${seq}` };
  const known = { number, window: window ?? "", link: link(`/t/${token}`) };
  if (type === "ticket.missed") return enqueueMessage(ctx, { ...common, kind: "queue_missed", data: known });
  return enqueueMessage(ctx, { ...common, kind: "queue_called", data: { ...known, place: { zh: `${floor ?? ""} 楼${zone ?? ""}`, en: `${zoneEn ?? ""}, floor ${floor ?? ""}` } } });
}

/** Once per ticket, and once more each time it has come back to the line. */
const tellNear = (ctx: MessageContext, { id, number, token, returns, ahead, line, lineEn }: Near): Promise<number | undefined> =>
  enqueueMessage(ctx, { kind: "queue_near", subject: `ticket:${id}`, dedupe: `queue_near/ticket:${id}/${returns}`, data: { number, ahead, line: { zh: line, en: lineEn }, link: link(`/t/${token}`) } });
