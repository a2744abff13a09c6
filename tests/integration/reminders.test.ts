import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "kysely";
import { saveChannel } from "@/lib/notify/channel/commands";
import { channelInput } from "@/lib/notify/channel/schema";
import { setContact } from "@/lib/notify/commands";
import { sendDue } from "@/lib/notify/outbox/commands";
import { callNext, missTicket } from "@/lib/queue/desk/commands";
import { cancelTicket, returnTicket } from "@/lib/queue/ticket/commands";
import { rowByToken } from "@/lib/queue/ticket/data";
import { remindHalls } from "@/lib/reminders/commands";
import { ok } from "@/lib/kernel/result";
import { act, db, demo, later, must, open, take } from "../support/hall";
import { startGateway } from "../support/message-servers";

const SECRET = "a secret between hall and gateway";
let gateway: Awaited<ReturnType<typeof startGateway>>;
let window: number;

const ticketOf = async (token: string) => rowByToken(db(), token);
/** Takes a number and leaves a phone. */
async function withPhone(line = "A", phone = "13812345678") {
  const { token, number } = await take({ line });
  const subject = `ticket:${(await ticketOf(token)).id}`;
  must(await act(async (ctx) => ok(await setContact(ctx, subject, { phone, locale: "zh" }))));
  return { token, number, subject };
}
const told = async (subject: string) => (await db().selectFrom("messages").select("kind").where("subject", "=", subject).orderBy("id").execute()).map(({ kind }) => kind);
const call = async () => must(await callNext({ hall: await demo(), actor: "token:1" }, window));
const miss = async () => must(await act((ctx) => missTicket(ctx, window)));
const remind = () => remindHalls(db());

beforeAll(async () => {
  gateway = await startGateway(SECRET, async () => (await sql<{ now: string }>`select app_now() as now`.execute(db())).rows[0]!.now);
  must(await act((ctx) => saveChannel(ctx, channelInput.parse({ code: "sms", name: "短信", nameEn: "SMS", kind: "sms", address: gateway.url, account: "hall", secret: SECRET, active: true }))));
  window = await open("A01");
  // The first look begins at the end of the ledger: nobody is told of what was before.
  await remind();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  for (const row of await db().selectFrom("tickets").select(["token", "state"]).where("state", "in", ["waiting"]).execute()) must(await act(async (ctx) => cancelTicket(ctx, (await ticketOf(row.token)) as never)));
  await remind();
  gateway.taken.length = 0;
});

describe("steps around the call", () => {
  it("[GD-6.2.2][HN-5.3.5] a short message comes when three are ahead, at the call and after a miss, each once", async () => {
    for (let n = 0; n < 4; n++) await take({ line: "A" });
    const mine = await withPhone();
    await remind();
    expect(await told(mine.subject)).toEqual([]);
    await call();
    await remind();
    await remind();
    expect(await told(mine.subject)).toEqual(["queue_near"]);
    for (let n = 0; n < 3; n++) {
      await miss();
      await call();
    }
    await remind();
    expect(await told(mine.subject)).toEqual(["queue_near"]);
    await miss();
    await call();
    await remind();
    expect(await told(mine.subject)).toEqual(["queue_near", "queue_called"]);
    await miss();
    await remind();
    expect(await told(mine.subject)).toEqual(["queue_near", "queue_called", "queue_missed"]);
    await sendDue(db());
    const texts = gateway.taken.map(({ body }) => String(body.text));
    expect(texts.find((text) => text.includes("前面还有 3 人"))).toContain(mine.number);
    expect(texts.find((text) => text.includes("A01 窗口"))).toContain(`/t/${mine.token}`);
    expect(texts.find((text) => text.includes("已过号"))).toContain(mine.number);
    expect(texts).toHaveLength(3);
  });

  it("who leaves the line moves the others up; who comes back is told again", async () => {
    const before: { token: string }[] = [];
    for (let n = 0; n < 4; n++) before.push(await take({ line: "A" }));
    const mine = await withPhone();
    must(await act(async (ctx) => cancelTicket(ctx, (await ticketOf(before[0]!.token)) as never)));
    await remind();
    expect(await told(mine.subject)).toEqual(["queue_near"]);
    for (const { token } of before.slice(1)) must(await act(async (ctx) => cancelTicket(ctx, (await ticketOf(token)) as never)));
    await call();
    await miss();
    must(await act(async (ctx) => returnTicket(ctx, (await ticketOf(mine.token)) as never)));
    await remind();
    expect((await told(mine.subject)).filter((kind) => kind === "queue_near")).toHaveLength(2);
    await call();
    await miss();
  });

  it("two processes that read the ledger at once write each message once", async () => {
    const mine: { subject: string }[] = [];
    for (let n = 0; n < 6; n++) mine.push(await withPhone("A", `1380000000${n}`));
    await call();
    await Promise.all(Array.from({ length: 8 }, remind));
    await remind();
    expect(await told(mine[0]!.subject)).toEqual(["queue_called"]);
    for (const { subject } of mine.slice(1, 5)) expect(await told(subject)).toEqual(["queue_near"]);
    expect(await told(mine[5]!.subject)).toEqual([]);
    await miss();
  });

  it("nobody is told of a call that is minutes old, and nobody without a contact", async () => {
    const anonymous = await take({ line: "A" });
    await call();
    await remind();
    expect(await told(`ticket:${(await ticketOf(anonymous.token)).id}`)).toEqual([]);
    await miss();
    const late = await withPhone();
    await call();
    await later(150);
    await remind();
    expect(await told(late.subject)).toEqual([]);
    await miss();
  });

  it("a call does not wait for the reader of the ledger: it takes no lock of the hall", async () => {
    const mine = await withPhone();
    await call();
    await db().transaction().execute(async (tx) => {
      await sql`select seq from ledger_heads where hall_id = ${(await demo()).id} for no key update`.execute(tx);
      await remind();
    });
    expect(await told(mine.subject)).toEqual(["queue_called"]);
    await miss();
  });
});
