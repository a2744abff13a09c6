import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { saveChannel } from "@/lib/notify/channel/commands";
import { type ChannelInput, channelInput } from "@/lib/notify/channel/schema";
import { contactOf, copyContact, enqueueMessage, setContact } from "@/lib/notify/commands";
import type { MessageKind } from "@/lib/notify/model";
import { noteReceipts, sendAgain, sendDue, type SendOptions, stopMessages } from "@/lib/notify/outbox/commands";
import { claimDue } from "@/lib/notify/outbox/sql";
import type { Contact, MessageInput } from "@/lib/notify/schema";
import { ok } from "@/lib/kernel/result";
import { act, db, demo, later, must, refusal } from "../support/hall";
import { startGateway, startMailServer } from "../support/message-servers";

const PHONE = "13812345678";
const SECRET = "a secret between hall and gateway";
const BOOKED = { name: "王小明", number: "Y0001", time: "11月24日 09:30", place: { zh: "一楼 A 区", en: "Zone A, floor 1" }, item: { zh: "社保卡申领", en: "Social security card" }, action: { zh: "扫码取号", en: "scan to get it" }, link: "https://hall.example/b/1" };
const PUSH = { endpoint: "https://push.example.org/send/abc", keys: { p256dh: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM", auth: "tBHItJI5svbpez7KI4CCXg" } };

const clock = async (): Promise<string> => (await sql<{ now: string }>`select app_now() as now`.execute(db())).rows[0]!.now;
/** Brings the clock to this time of the hall's day, today or tomorrow. */
async function untilTime(time: string): Promise<void> {
  const { rows } = await sql<{ seconds: number }>`select extract(epoch from (${time}::time - (app_now() at time zone 'Asia/Shanghai')::time))::float8 as seconds`.execute(db());
  await later(Math.ceil((rows[0]!.seconds + 86_400) % 86_400));
}

let gateway: Awaited<ReturnType<typeof startGateway>>;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let count = 0;
const subject = () => `appointment:${1000 + ++count}`;

beforeAll(async () => {
  gateway = await startGateway(SECRET, clock);
  mail = await startMailServer();
});
afterAll(() => Promise.all([gateway.stop(), mail.stop()]));
beforeEach(async () => {
  await db().updateTable("message_channels").set({ active: false }).where("kind", "!=", "log").execute();
  await db().updateTable("messages").set({ state: "dropped", worker: null }).where("state", "in", ["queued", "sending"]).execute();
  await untilTime("10:00");
  gateway.answers.length = 0;
  gateway.taken.length = 0;
  gateway.holdUntil(undefined);
});
afterEach(() => expect(gateway.seen.every(({ signed }) => signed)).toBe(true));

const channel = (input: Partial<ChannelInput> & Pick<ChannelInput, "code" | "kind">) => act((ctx) => saveChannel(ctx, channelInput.parse({ name: input.code, nameEn: input.code, active: true, ...input })));
const sms = (more: Partial<ChannelInput> = {}) => channel({ code: "sms", kind: "sms", address: gateway.url, account: "hall-1", sender: "一厅", secret: SECRET, costCents: 4.5, sort: 1, ...more } as never);
const email = () => channel({ code: "email", kind: "email", address: mail.url, sender: "一厅 <hall@example.org>", sort: 2 } as never);

const queue = async <K extends MessageKind>(kind: K, contact: Contact, more: Partial<MessageInput<K>> = {}): Promise<number> => {
  const data = Object.fromEntries(["name", "number", "time", "place", "item", "action", "link", "newTime", "reason", "count", "limit", "days", "until", "code", "minutes", "ahead", "line", "window"].map((name) => [name, (BOOKED as Record<string, unknown>)[name] ?? name]));
  return must(await act(async (ctx) => ok((await enqueueMessage(ctx, { kind, subject: subject(), contact, data: data as never, ...more }))!)));
};
const row = async (id: number) => db().selectFrom("messages").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const attempts = async (id: number) => db().selectFrom("message_attempts").select(["n", "channel", "outcome", "error"]).where("message_id", "=", id).orderBy("n").execute();
const send = (options: SendOptions = {}) => sendDue(db(), { random: () => 0.5, ...options });

describe("outbox", () => {
  it("a message is written with the change that it tells of, once per key, and nothing of the person can be read in the database", async () => {
    const ids = must(await act(async (ctx) => {
      await setContact(ctx, "appointment:1", { phone: PHONE, locale: "zh" });
      await copyContact(ctx, "appointment:1", "ticket:1");
      expect(await contactOf(ctx, "ticket:1")).toEqual({ phone: PHONE, locale: "zh" });
      const first = await enqueueMessage(ctx, { kind: "booking_confirmed", subject: "appointment:1", data: BOOKED });
      const again = await enqueueMessage(ctx, { kind: "booking_confirmed", subject: "appointment:1", data: BOOKED });
      return ok([first, again, await enqueueMessage(ctx, { kind: "booking_reminder", subject: "appointment:2", data: BOOKED })]);
    }));
    expect(ids).toEqual([expect.any(Number), undefined, undefined]);
    must(await sms());
    await send();
    const tables = ["messages", "message_contacts", "message_recipients", "message_attempts", "message_channels", "installation_keys", "events"] as const;
    const stored = JSON.stringify(await Promise.all(tables.map((table) => db().selectFrom(table).selectAll().execute())));
    for (const text of [PHONE, "王小明", "Y0001", "11月24日 09:30", SECRET]) expect(stored).not.toContain(text);
    expect(stored).toContain("138****5678");
  });

  it("a change that is taken back leaves no message", async () => {
    const mine = subject();
    await act(async (ctx) => {
      await enqueueMessage(ctx, { kind: "booking_confirmed", subject: mine, contact: { phone: PHONE }, data: BOOKED });
      return { ok: false, code: "nothing", details: {} };
    });
    expect(await db().selectFrom("messages").select("id").where("subject", "=", mine).execute()).toEqual([]);
  });

  it("[GD-6.1.2] the confirmation says name, time, place, booking number, content and how to get the number, with the link; its sending is recorded", async () => {
    must(await sms());
    const id = await queue("booking_confirmed", { phone: PHONE });
    await send();
    const { body } = gateway.taken[0]!;
    for (const part of ["王**", "11月24日 09:30", "一楼 A 区", "Y0001", "社保卡申领", "扫码取号", "https://hall.example/b/1"]) expect(body.text).toContain(part);
    expect(body).toMatchObject({ phone: PHONE, sign: "一厅", account: "hall-1" });
    expect(JSON.stringify(body)).not.toContain("王小明");
    expect(await row(id)).toMatchObject({ state: "sent", channel: "sms", provider_id: `p-${(await demo()).id}/${id}`, sent_at: expect.any(String), cost_cents: expect.any(Number) });
    expect(await attempts(id)).toEqual([{ n: 1, channel: "sms", outcome: "sent", error: null }]);
  });

  it("each part of a long short message costs, and the text follows the person's language", async () => {
    must(await sms());
    const short = await queue("phone_code", { phone: PHONE, locale: "en" });
    const long = await queue("booking_confirmed", { phone: PHONE });
    await send();
    expect(gateway.taken.find(({ id }) => id.endsWith(`/${short}`))!.body.text).toMatch(/Your code is code/);
    expect((await row(short)).cost_cents).toBe(9);
    expect((await row(long)).cost_cents).toBeGreaterThanOrEqual(9);
  });

  it("a gateway that fails is tried again with growing pauses, with the same id, and given up in the end", async () => {
    must(await sms());
    const id = await queue("booking_confirmed", { phone: PHONE });
    gateway.answers.push({ status: 500 }, { status: 503 });
    await send();
    expect(await row(id)).toMatchObject({ state: "queued", attempts: 1, error: "http_500" });
    expect(await send()).toBe(0);
    await later(11);
    await send();
    expect(await row(id)).toMatchObject({ state: "queued", attempts: 2, error: "http_503" });
    await later(11);
    expect(await send()).toBe(0);
    await later(10);
    await send();
    expect(await row(id)).toMatchObject({ state: "sent", attempts: 3, error: null });
    expect(gateway.taken.map((taken) => taken.id)).toEqual([`${(await demo()).id}/${id}`]);

    const hopeless = await queue("booking_confirmed", { phone: PHONE });
    for (let n = 1; n <= 8; n++) {
      gateway.answers.push({ status: 500 });
      await send();
      await later(1000);
    }
    expect(await row(hopeless)).toMatchObject({ state: "failed", attempts: 8, error: "http_500" });
    expect(await attempts(hopeless)).toHaveLength(8);
  });

  it("what is refused for good goes to the next channel, in the hall's order", async () => {
    must(await sms());
    must(await email());
    const id = await queue("booking_changed", { phone: PHONE, email: "li@example.org" });
    gateway.answers.push({ status: 200, body: { ok: false, error: "number 13812345678 does not exist" } });
    await send();
    expect(await row(id)).toMatchObject({ state: "queued", refused_by: ["sms"], error: "number … does not exist" });
    await send();
    expect(await row(id)).toMatchObject({ state: "sent", channel: "email" });
    expect(mail.mails.at(-1)).toMatchObject({ to: "li@example.org", from: "hall@example.org" });
    expect(mail.mails.at(-1)!.text).toMatch(/List-Unsubscribe: <http.*\/m\//);
  });

  it("e-mail: a passing refusal is tried again, a lasting one ends it", async () => {
    must(await email());
    const [passing, lasting] = [await queue("booking_changed", { email: "li@example.org" }), await queue("booking_changed", { email: "nobody@example.org" })];
    mail.refuse.push("450 later", "550 no such user");
    await db().updateTable("messages").set({ next_at: sql<string>`app_now() - interval '1 minute'` }).where("id", "=", passing).execute();
    await db().updateTable("messages").set({ next_at: sql<string>`app_now() + interval '5 seconds'` }).where("id", "=", lasting).execute();
    await send();
    await later(6);
    await send();
    expect([await row(passing), await row(lasting)]).toMatchObject([{ state: "queued", error: "smtp_450" }, { state: "failed", error: "smtp_550" }]);
    await later(11);
    await send();
    expect((await row(passing)).state).toBe("sent");
  });

  it("web push is encrypted for the browser, signed with the installation's key, and ends with the subscription", async () => {
    must(await channel({ code: "push", kind: "push" } as never));
    const id = await queue("queue_called", { push: PUSH });
    const asked: { address: string; headers: Record<string, string>; body: string; outside?: boolean | undefined }[] = [];
    const answer = (status: number): SendOptions => ({ tools: { post: async (address, { headers, body, outside }) => {
      asked.push({ address, headers, body: body.toString("latin1"), outside });
      return { status, body: "" };
    } } });
    await send(answer(201));
    expect(asked[0]).toMatchObject({ address: PUSH.endpoint, outside: true, headers: { "Content-Encoding": "aes128gcm", Urgency: "high", Authorization: expect.stringMatching(/^vapid t=/) } });
    expect(asked[0]!.body).not.toContain("Y0001");
    expect(await row(id)).toMatchObject({ state: "sent", channel: "push", cost_cents: 0 });
    const gone = await queue("queue_called", { push: PUSH });
    await send(answer(410));
    expect(await row(gone)).toMatchObject({ state: "failed", error: "subscription_ended" });
    expect(await db().selectFrom("installation_keys").select("name").execute()).toEqual([{ name: "vapid" }]);
  });

  it("nothing goes to addresses of the machine itself or of a cloud's metadata, and no redirect is followed", async () => {
    for (const [code, address] of [["meta", "http://169.254.169.254/latest"], ["meta6", "http://[fe80::1]/x"], ["mapped", "http://[::ffff:169.254.169.254]/x"]] as const) {
      must(await sms({ code, address }));
      const id = await queue("booking_confirmed", { phone: PHONE });
      await send();
      expect(await row(id), address).toMatchObject({ state: "failed", error: "address_blocked" });
      await db().updateTable("message_channels").set({ active: false }).where("code", "=", code).execute();
    }
    must(await channel({ code: "push", kind: "push" } as never));
    const inside = await queue("queue_called", { push: { ...PUSH, endpoint: "https://127.0.0.1:9/x" } });
    await send();
    expect(await row(inside)).toMatchObject({ state: "failed", error: "address_blocked" });
    must(await sms());
    const seen = gateway.seen.length;
    const moved = await queue("booking_confirmed", { phone: PHONE });
    gateway.answers.push({ status: 302, headers: { Location: gateway.url } });
    await send();
    expect(await row(moved)).toMatchObject({ state: "failed", error: "http_302" });
    expect(gateway.seen.length).toBe(seen + 1);
    expect(channelInput.safeParse({ code: "x", name: "x", nameEn: "x", kind: "sms", address: "file:///etc/passwd", secret: SECRET }).success).toBe(false);
  });

  it("without any other channel the log shows what would be sent; without the log as well the message is dropped and says why", async () => {
    const shown = await queue("booking_confirmed", { phone: PHONE });
    await send();
    expect(await row(shown)).toMatchObject({ state: "sent", channel: "log", cost_cents: 0 });
    await db().updateTable("message_channels").set({ active: false }).where("kind", "=", "log").execute();
    const none = await queue("booking_confirmed", { phone: PHONE });
    await send();
    await db().updateTable("message_channels").set({ active: true }).where("kind", "=", "log").execute();
    expect(await row(none)).toMatchObject({ state: "dropped", error: "no_channel" });
  });

  it("what comes too late is dropped, and what is for later waits", async () => {
    const now = Date.parse(await clock());
    const late = await queue("queue_called", { phone: PHONE });
    const planned = await queue("booking_reminder", { phone: PHONE }, { notBefore: new Date(now + 1_800_000).toISOString() });
    await later(600);
    await send();
    expect(await row(late)).toMatchObject({ state: "dropped", error: "expired" });
    expect((await row(planned)).state).toBe("queued");
    await later(1_300);
    await send();
    expect((await row(planned)).state).toBe("sent");
  });

  it("quiet hours over midnight hold back what can wait, not the call, the code or a change of today's booking", async () => {
    await untilTime("22:30");
    const [reminder, call, code, today] = [await queue("booking_reminder", { phone: PHONE }), await queue("queue_called", { phone: PHONE }), await queue("phone_code", { phone: PHONE }), await queue("booking_changed", { phone: PHONE }, { urgent: true })];
    await send();
    expect(await Promise.all([reminder, call, code, today].map(async (id) => (await row(id)).state))).toEqual(["queued", "sent", "sent", "sent"]);
    await untilTime("00:30");
    await send();
    expect((await row(reminder)).state).toBe("queued");
    await untilTime("07:59");
    await send();
    expect((await row(reminder)).state).toBe("queued");
    await untilTime("08:00");
    await send();
    expect((await row(reminder)).state).toBe("sent");
  });

  it("who stops a kind of messages gets none of it, is not asked why, and may start them again", async () => {
    must(await sms());
    const phone = "13900001111";
    await queue("booking_confirmed", { phone });
    await send();
    const token = /\/m\/(\S+)/.exec(String(gateway.taken[0]!.body.text))![1]!;
    must(await act((ctx) => stopMessages(ctx, token, ["booking"])));
    const [booking, call, code] = [await queue("booking_reminder", { phone }), await queue("queue_called", { phone }), await queue("phone_code", { phone })];
    await send();
    expect([await row(booking), await row(call), await row(code)]).toMatchObject([{ state: "dropped", error: "opted_out" }, { state: "sent" }, { state: "sent" }]);
    must(await act((ctx) => stopMessages(ctx, token, [])));
    must(await act((ctx) => sendAgain(ctx, booking)));
    await send();
    expect((await row(booking)).state).toBe("sent");
    expect(refusal(await act((ctx) => stopMessages(ctx, `${token}x`, [])))).toBe("not_found");
  });

  it("a killed process's messages are sent by another when its lease ends, under the same id", async () => {
    must(await sms());
    const id = await queue("booking_confirmed", { phone: PHONE });
    expect(await claimDue(db(), "killed", 10)).toHaveLength(1);
    expect(await send({ worker: "other" })).toBe(0);
    await later(61);
    expect(await send({ worker: "other" })).toBe(1);
    expect(await row(id)).toMatchObject({ state: "sent", attempts: 2 });
    expect(gateway.taken).toHaveLength(1);
  });

  it("a worker that comes back after its lease changes nothing any more", async () => {
    must(await sms());
    const id = await queue("booking_confirmed", { phone: PHONE });
    let release = () => undefined as void;
    gateway.holdUntil(new Promise<void>((resolve) => { release = resolve; }));
    const slow = send({ worker: "slow" });
    await expect.poll(async () => (await row(id)).worker).toBe("slow");
    await later(61);
    await claimDue(db(), "fast", 10);
    release();
    await slow;
    expect(await row(id)).toMatchObject({ state: "sending", worker: "fast" });
  });

  it("two processes at once send each of 120 messages once", async () => {
    must(await sms({ ratePerMinute: 1000 }));
    const ids = await Promise.all(Array.from({ length: 120 }, () => queue("booking_confirmed", { phone: PHONE })));
    for (let round = 0; round < 3; round++) await Promise.all(["one", "two", "three"].map((worker) => send({ worker })));
    expect(gateway.taken.map(({ id }) => Number(id.split("/")[1])).sort((a, b) => a - b)).toEqual([...ids].sort((a, b) => a - b));
  });

  it("a channel's rate holds over all processes; what is over it goes a little later", async () => {
    must(await sms({ code: "narrow", ratePerMinute: 5 }));
    await untilTime("10:30");
    await Promise.all(Array.from({ length: 12 }, () => queue("booking_confirmed", { phone: PHONE })));
    await Promise.all(["one", "two"].map((worker) => send({ worker })));
    expect(gateway.taken).toHaveLength(5);
    const waiting = await db().selectFrom("messages").select(["attempts", "error"]).where("state", "=", "queued").execute();
    expect(waiting).toHaveLength(7);
    expect(waiting.every(({ attempts: tried, error }) => tried === 0 && error === "rate")).toBe(true);
    await later(61);
    await send();
    expect(gateway.taken).toHaveLength(10);
    await db().updateTable("message_channels").set({ active: false }).where("code", "=", "narrow").execute();
  });

  it("delivery reports move a message on once, and a late bounce does not undo a delivery", async () => {
    must(await sms());
    const [good, bad] = [await queue("booking_confirmed", { phone: PHONE }), await queue("booking_confirmed", { phone: PHONE })];
    await send();
    const hall = (await demo()).id;
    const of = (id: number) => `p-${hall}/${id}`;
    expect(await noteReceipts(db(), hall, "sms", [{ id: of(good), state: "delivered" }, { id: of(bad), state: "failed", error: "off" }, { id: "unknown", state: "delivered" }])).toBe(2);
    expect(await noteReceipts(db(), hall, "sms", [{ id: of(good), state: "failed" }])).toBe(0);
    expect(await noteReceipts(db(), hall, "other", [{ id: of(bad), state: "delivered" }])).toBe(0);
    expect([await row(good), await row(bad)]).toMatchObject([{ state: "delivered", delivered_at: expect.any(String) }, { state: "failed", error: "off" }]);
    expect(refusal(await act((ctx) => sendAgain(ctx, good)))).toBe("message_not_repeatable");
  });

  it("a password for a mail server is not sent to another server without being given again", async () => {
    must(await channel({ code: "post", kind: "email", address: "smtps://mail.example.org", account: "hall", sender: "hall@example.org", secret: "mail password", sort: 3 } as never));
    expect(refusal(await channel({ code: "post", kind: "email", address: "smtps://other.example.org", account: "hall", sender: "hall@example.org" } as never))).toBe("channel_secret");
    expect(refusal(await channel({ code: "unsigned", kind: "sms", address: "https://sms.example.org" } as never))).toBe("channel_secret");
  });
});
