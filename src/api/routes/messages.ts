import { z } from "@hono/zod-openapi";
import { consume } from "@/lib/auth/commands";
import { database } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/kernel/errors";
import { receiptsInput } from "@/lib/notify/channel/schema";
import { addContact } from "@/lib/notify/commands";
import { noteSignedReceipts } from "@/lib/notify/outbox/commands";
import { contactInput } from "@/lib/notify/schema";
import { rowByToken } from "@/lib/queue/ticket/data";
import { type Api, route } from "../http";

const none = new Response(null, { status: 204 });

/** Delivery reports of message gateways, and browsers that want to be told of a call. */
export function messageRoutes(api: Api): void {
  route(api, "POST /halls/{hall}/messages/receipts", {
    summary: "Delivery reports of a channel, signed with its secret: X-Channel, X-Timestamp, X-Nonce, X-Signature = HMAC-SHA256(secret, timestamp \\n nonce \\n body) in hexadecimal",
    body: receiptsInput, response: z.object({ changed: z.number().int() }),
  }, async ({ c, hall, body, address }) => {
    await consume("anonymous_write", `receipts|${address}`);
    const header = (name: string) => c.req.header(name);
    const changed = await noteSignedReceipts(database(), hall.id, { channel: header("x-channel") ?? "", timestamp: header("x-timestamp"), nonce: header("x-nonce"), signature: header("x-signature") }, await c.req.text(), body.receipts);
    if (changed === undefined) throw new AppError(401, "signature_invalid");
    return { changed };
  });

  route(api, "POST /tickets/{token}/reminders", { summary: "A browser wants to be told when it is almost its turn, at the call and after a miss", body: contactInput.pick({ push: true, locale: true }).required(), status: 204 }, async ({ param, body, address }) => {
    await consume("anonymous_write", address);
    const ticket = await rowByToken(database(), param("token"));
    await inTransaction(database(), (tx) => addContact({ tx, hall: { id: ticket.hall_id, code: "" }, now: "" }, `ticket:${ticket.id}`, body));
    return none.clone();
  });
}
