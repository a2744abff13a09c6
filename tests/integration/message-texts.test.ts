import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveChannel } from "@/lib/notify/channel/commands";
import { channelInput } from "@/lib/notify/channel/schema";
import { signedHeaders } from "@/lib/notify/channel/http";
import { contactOf, enqueueMessage } from "@/lib/notify/commands";
import { listChannels, listMessages, listQuietHours, listTemplates, messageDetail, messageFigures, templateHistory } from "@/lib/notify/data-admin";
import { recipientByToken } from "@/lib/notify/data";
import { sendDue } from "@/lib/notify/outbox/commands";
import { publishTemplate, saveQuietHours, sendTest } from "@/lib/notify/template/commands";
import { templateInput } from "@/lib/notify/template/schema";
import { rowByToken } from "@/lib/queue/ticket/data";
import { ok } from "@/lib/kernel/result";
import { act, db, demo, must, refusal, take } from "../support/hall";
import { send, type ServerProcess, startProcess } from "../support/server";
import { sql } from "kysely";

const SECRET = "a secret between hall and gateway";
const CODE = { code: "308512", minutes: "5" };
const now = async () => (await sql<{ now: string }>`select app_now() as now`.execute(db())).rows[0]!.now;
const template = async (kind: string) => (await listTemplates(db(), (await demo()).id, { filters: { code: kind }, limit: 1 })).rows[0]!;
const enqueue = async (phone: string) => must(await act(async (ctx) => ok((await enqueueMessage(ctx, { kind: "phone_code", subject: "phone:1", contact: { phone }, data: CODE }))!)));

describe("texts of a hall", () => {
  it("[GD-6.1.2] a text is published in versions; one that lacks a needed content or has an unknown one is refused by name", async () => {
    const before = await template("booking_confirmed");
    expect(before).toMatchObject({ version: 0, own: false });
    const input = templateInput.parse({ ...before });
    const changed = { ...input, text: `本厅：${input.text}`, template: "SMS_001" };
    must(await act((ctx) => publishTemplate(ctx, changed, 0)));
    expect(await template("booking_confirmed")).toMatchObject({ version: 1, own: true, template: "SMS_001", text: changed.text });
    expect(await act((ctx) => publishTemplate(ctx, { ...changed, text: changed.text.replace("{place}", "") }, 1))).toMatchObject({ code: "placeholder_needed", field: "text", details: { name: "place" } });
    expect(await act((ctx) => publishTemplate(ctx, { ...changed, textEn: `${changed.textEn} {phone}` }, 1))).toMatchObject({ code: "placeholder_unknown", field: "textEn", details: { name: "phone" } });
    expect(refusal(await act((ctx) => publishTemplate(ctx, changed, 0)))).toBe("edited_elsewhere");
    must(await act((ctx) => publishTemplate(ctx, input, 1)));
    expect(await template("booking_confirmed")).toMatchObject({ version: 2, own: false, text: before.text });
    expect((await templateHistory(db(), (await demo()).id, "booking_confirmed")).map(({ version, restored }) => [version, restored])).toEqual([[2, true], [1, false]]);
  });

  it("a message says which version it was written by; a test goes to the log with sample values and to nobody", async () => {
    const input = templateInput.parse({ ...(await template("phone_code")) });
    must(await act((ctx) => publishTemplate(ctx, { ...input, text: "【{hall}】验证码 {code}" }, 0)));
    must(await act((ctx) => saveChannel(ctx, channelInput.parse({ code: "away", name: "短信", nameEn: "SMS", kind: "sms", address: "http://127.0.0.1:9/", secret: SECRET, active: true }))));
    const { id } = must(await act((ctx) => sendTest(ctx, "phone_code", "zh")));
    await sendDue(db());
    const hall = (await demo()).id;
    expect((await listMessages(db(), hall, { filters: { code: String(id) } })).rows[0]).toMatchObject({ state: "sent", channel: "log", test: true, masked: "" });
    expect(await messageDetail(db(), hall, id, true)).toMatchObject({ text: expect.stringContaining("验证码 308512") });
    expect(await db().selectFrom("messages").select("template_version").where("id", "=", id).executeTakeFirst()).toEqual({ template_version: 1 });
    expect(await messageFigures(db(), hall, 14)).toEqual([]);
    await db().updateTable("message_channels").set({ active: false }).where("code", "=", "away").execute();
  });

  it("quiet hours are edited with a version", async () => {
    const [row] = (await listQuietHours(db(), (await demo()).id, {})).rows;
    expect(row).toMatchObject({ code: "demo", quietFrom: "21:00", quietUntil: "08:00" });
    must(await act((ctx) => saveQuietHours(ctx, { code: "demo", quietFrom: "22:00", quietUntil: "07:30" }, row!.version)));
    expect(refusal(await act((ctx) => saveQuietHours(ctx, { code: "demo", quietFrom: "23:00", quietUntil: "07:30" }, row!.version)))).toBe("edited_elsewhere");
  });
});

describe("the list of messages", () => {
  it("[GD-6.1.2] shows the log's messages whole to who may write, hides links and codes of what really went to somebody, and counts costs", async () => {
    const hall = (await demo()).id;
    const id = await enqueue("13812345678");
    await sendDue(db());
    expect((await messageDetail(db(), hall, id, true))!.text).toContain("308512");
    expect((await messageDetail(db(), hall, id, false))!.text).not.toContain("308512");
    await db().updateTable("messages").set({ channel: "sms", cost_cents: 4.5 }).where("id", "=", id).execute();
    expect((await messageDetail(db(), hall, id, true))!.text).not.toContain("308512");
    expect((await listMessages(db(), hall, { filters: { code: String(id) } })).rows[0]).toMatchObject({ masked: "138****5678", cost: 0.045, state: "sent" });
    expect((await messageFigures(db(), hall, 14)).find(({ channel }) => channel === "sms")).toMatchObject({ total: 1, sent: 1, failed: 0, cost: 0.045 });
    // Another hall sees none of it.
    const other = (await db().selectFrom("halls").select("id").where("code", "=", "demo2").executeTakeFirstOrThrow()).id;
    expect([(await listMessages(db(), other, {})).total, await messageDetail(db(), other, id, true)]).toEqual([0, undefined]);
  });

  it("a channel's secret is never read back, not in the register and not in the ledger", async () => {
    must(await act((ctx) => saveChannel(ctx, channelInput.parse({ code: "sms", name: "短信", nameEn: "SMS", kind: "sms", address: "https://sms.example.org", secret: SECRET, active: false }))));
    const [row] = (await listChannels(db(), (await demo()).id, { filters: { code: "sms" } })).rows;
    expect(row).toMatchObject({ secretAt: expect.any(String) });
    const events = JSON.stringify(await db().selectFrom("events").selectAll().where("type", "like", "message_channel.%").execute());
    const { secret } = await db().selectFrom("message_channels").select("secret").where("code", "=", "sms").executeTakeFirstOrThrow();
    for (const text of [SECRET, secret]) expect(JSON.stringify(row) + events).not.toContain(text);
  });
});

describe("over HTTP", () => {
  let server: ServerProcess;
  beforeAll(async () => { server = await startProcess(); });
  afterAll(() => server.kill("SIGTERM"));

  it("a delivery report counts when it is signed with the channel's secret, and only then", async () => {
    must(await act((ctx) => saveChannel(ctx, channelInput.parse({ code: "reports", name: "短信", nameEn: "SMS", kind: "sms", address: "https://sms.example.org", secret: SECRET, active: true }))));
    const id = await enqueue("13712345678");
    await db().updateTable("messages").set({ state: "sent", channel: "reports", provider_id: "abc", sent_at: sql<string>`app_now()` }).where("id", "=", id).execute();
    const body = JSON.stringify({ receipts: [{ id: "abc", state: "delivered" }] });
    const report = async (secret: string, text = body) => send(server.origin, "POST", "/halls/demo/messages/receipts", { body: text, headers: { ...signedHeaders({ account: "x", secret }, await now(), body), "X-Channel": "reports" } });
    expect((await report("a wrong secret")).status).toBe(401);
    expect((await report(SECRET, body.replace("delivered", "failed"))).status).toBe(401);
    expect((await report(SECRET)).body).toEqual({ changed: 1 });
    expect((await report(SECRET)).body).toEqual({ changed: 0 });
  });

  it("[GD-6.2.2] the holder of a ticket lets a browser be told of the call, by an encrypted address only", async () => {
    const ticket = await take({ line: "A" });
    const keys = { p256dh: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM", auth: "tBHItJI5svbpez7KI4CCXg" };
    const ask = (endpoint: string) => send(server.origin, "POST", `/tickets/${ticket.token}/reminders`, { body: { push: { endpoint, keys }, locale: "en" } });
    expect((await ask("http://push.example.org/x")).status).toBe(400);
    expect((await ask("https://push.example.org/x")).status).toBe(204);
    const { id } = await rowByToken(db(), ticket.token);
    expect(must(await act(async (ctx) => ok(await contactOf(ctx, `ticket:${id}`))))).toMatchObject({ locale: "en", push: { endpoint: "https://push.example.org/x" } });
    expect((await send(server.origin, "POST", `/tickets/1-${"x".repeat(22)}/reminders`, { body: { push: { endpoint: "https://push.example.org/x", keys }, locale: "en" } })).status).toBe(404);
  });

  it("the running server sends what is due by itself", async () => {
    // The channel of the reports cannot be reached: a message would go back into the queue again and again.
    await db().updateTable("message_channels").set({ active: false }).where("code", "=", "reports").execute();
    const id = await enqueue("13612345678");
    await expect.poll(async () => (await db().selectFrom("messages").select("state").where("id", "=", id).executeTakeFirstOrThrow()).state, { timeout: 20_000 }).toBe("sent");
  });

  it("a link to stop messages belongs to one address of one hall", async () => {
    await enqueue("13512345678");
    const { token } = await db().selectFrom("message_recipients").select("token").where("masked", "=", "135****5678").executeTakeFirstOrThrow();
    expect(await recipientByToken(db(), token)).toMatchObject({ hall: "demo", masked: "135****5678", stopped: [] });
    expect([await recipientByToken(db(), `2${token.slice(1)}`), await recipientByToken(db(), "nonsense")]).toEqual([undefined, undefined]);
  });
});
