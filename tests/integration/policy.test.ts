import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { callByNumber, callNext } from "@/lib/queue/desk/commands";
import { fairDays, listCalls } from "@/lib/queue/fairness/data-admin";
import { guaranteeOf } from "@/lib/queue/policy/check";
import { draftFromVersion, dropDraft, publishDraft, publishPolicy, saveDraft } from "@/lib/queue/policy/commands";
import { currentPolicy, policyDraft } from "@/lib/queue/policy/data";
import { policyFacts } from "@/lib/queue/policy/data-check";
import { choose, compilePolicy, type Head, type Tier, windowOrder } from "@/lib/queue/policy/order";
import type { PolicyDocument, PolicyInput } from "@/lib/queue/policy/schema";
import { issueTicket } from "@/lib/queue/ticket/commands";
import { ticketPage } from "@/lib/queue/ticket/data";
import type { IssueTicketInput } from "@/lib/queue/ticket/schema";
import { ok } from "@/lib/kernel/result";
import { changeHall } from "@/lib/ledger/commands";
import { act, db, demo, must, refusal, windowId } from "../support/hall";
import { later, tenOfNextDay } from "../support/clock";

const WINDOWS = ["A01", "A02", "A03", "A04"];
const CLASSES = ["normal", "elderly", "booked", "military"];

let base: PolicyInput;
let lines: { id: number; code: string }[];
let windows: number[];
beforeAll(async () => {
  const { version: _, ...document } = await currentPolicy(db(), (await demo()).id);
  base = document;
  lines = await db().selectFrom("lines").select(["id", "code"]).where("hall_id", "=", 1).where("active", "=", true).orderBy("sort").limit(3).execute();
  windows = await Promise.all(WINDOWS.map((code) => windowId(code)));
  await sql`update windows set state = 'open', operator = 'token:1' where hall_id = 1 and id = any(${windows})`.execute(db());
});

const publish = async (document: PolicyInput): Promise<PolicyDocument> => {
  must(await act(async (ctx) => ok(await publishPolicy(ctx, document))));
  return currentPolicy(db(), 1);
};

const dayOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

interface State {
  tiers: (Tier | 0)[][];
  waits: (number | null)[];
  tickets: { line: number; class: number; minute: number; target: number }[];
  credits: number[];
  reserved: { window: number; class: number; only: boolean }[];
  inRow: number;
  waitOver: number | null;
}

const state: fc.Arbitrary<State> = fc.record({
  tiers: fc.array(fc.array(fc.constantFrom<(Tier | 0)[]>(0, 1, 1, 2, 3), { minLength: 3, maxLength: 3 }), { minLength: WINDOWS.length, maxLength: WINDOWS.length }),
  waits: fc.array(fc.option(fc.integer({ min: 0, max: 40 })), { minLength: 3, maxLength: 3 }),
  tickets: fc.array(fc.record({ line: fc.nat(2), class: fc.nat(3), minute: fc.nat(90), target: fc.constantFrom(-1, -1, -1, -1, 0, 1) }), { minLength: 4, maxLength: 24 }),
  credits: fc.array(fc.constantFrom(0, 10, 15, 20), { minLength: 3, maxLength: 3 }),
  reserved: fc.uniqueArray(fc.record({ window: fc.nat(WINDOWS.length - 1), class: fc.nat(3), only: fc.boolean() }), { maxLength: 2, selector: (rule) => rule.window }),
  inRow: fc.integer({ min: 1, max: 2 }),
  waitOver: fc.option(fc.integer({ min: 0, max: 40 })),
});

/** Puts the hall into the state and returns the policy that rules it. */
async function bringAbout(given: State): Promise<PolicyDocument> {
  const policy = await publish({
    ...base, classes: base.classes.map((known) => ({ ...known, creditMinutes: given.credits[CLASSES.indexOf(known.code) - 1] ?? known.creditMinutes, ...(known.code === "elderly" ? { maxInRow: given.inRow } : {}) })),
    reserved: given.reserved.map((rule) => ({ window: WINDOWS[rule.window]!, classes: [CLASSES[rule.class]!], only: rule.only })), helping: { waitOver: given.waitOver, lines: { [lines[0]!.code]: 15 } }, tidal: { waitOver: 25, lines: {} },
  });
  const compiled = compilePolicy(policy);
  await sql`delete from window_lines where hall_id = 1 and window_id = any(${windows})`.execute(db());
  for (const [index, tiers] of given.tiers.entries()) for (const [line, tier] of tiers.entries()) if (tier > 0) {
    await sql`insert into window_lines (hall_id, window_id, line_id, tier) values (1, ${windows[index]!}, ${lines[line]!.id}, ${tier})`.execute(db());
  }
  await sql`delete from line_waits where hall_id = 1`.execute(db());
  for (const [index, wait] of given.waits.entries()) if (wait !== null) await sql`insert into line_waits (hall_id, line_id, p50, p90, at) values (1, ${lines[index]!.id}, 0, ${wait}, app_now())`.execute(db());
  await sql`update tickets set state = 'cancelled', ended_at = app_now(), window_id = null, last_call_at = null where hall_id = 1`.execute(db());
  const rows = given.tickets.map((ticket, index) => ({ ...ticket, line: lines[ticket.line]!.id, class: CLASSES[ticket.class]!, target: ticket.target < 0 ? null : windows[ticket.target]!, seconds: ticket.minute * 60 - (compiled.credits[CLASSES[ticket.class]!] ?? 0) / 1000, n: index }));
  await sql`
    insert into tickets (hall_id, token, day, number_line_id, number_seq, number, line_id, class, channel, state, rank, rank_rule, policy_version, issued_at, target_window_id)
    select 1, gen_random_uuid()::text, (app_now() at time zone 'Asia/Shanghai')::date, r.line, s.last + r.n, 'T' || (s.last + r.n), r.line, r.class, 'kiosk', 'waiting', app_now() - interval '3 hours' + make_interval(secs => r.seconds), 'arrival', ${policy.version}, app_now() - interval '3 hours' + make_interval(mins => r.minute), r.target
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line int, class text, minute int, target int, seconds float8, n int), (select greatest(coalesce(max(number_seq), 0), 100000) + 1 as last from tickets where hall_id = 1) s order by r.n`.execute(db());
  return policy;
}

describe("calling policy", () => {
  it("[JY-9.1.1e] the database calls whom the compiled policy chooses, in random halls with tiers, conditions, reserved windows, limits in a row and tickets for one window", async () => {
    let calls = 0;
    await fc.assert(fc.asyncProperty(state, async (given) => {
      const order = compilePolicy(await bringAbout(given)).order;
      const waiting = (await sql<Head & { line: number; target: number | null }>`select id, extract(epoch from rank) * 1000 as rank, class, line_id as line, target_window_id as target from tickets where hall_id = 1 and state = 'waiting' order by rank, id`.execute(db())).rows.map((row) => ({ ...row, rank: Number(row.rank) }));
      const called = new Map<number, string[]>(windows.map((id) => [id, []]));
      for (let turn = 0; turn < 10; turn++) {
        const index = turn % WINDOWS.length;
        const here = windows[index]!;
        const expected = choose(windowOrder(order, { code: WINDOWS[index]!, lines: given.tiers[index]!.flatMap((tier, line) => (tier > 0 ? [{ id: lines[line]!.id, code: lines[line]!.code, tier: tier as Tier }] : [])) }), {
          head: (line, only, except) => waiting.find((ticket) => ticket.line === line && ticket.target === null && (only === null || only.includes(ticket.class)) && !except.includes(ticket.class)),
          targeted: () => waiting.find((ticket) => ticket.target === here),
          wait90: (line) => given.waits[lines.findIndex(({ id }) => id === line)] ?? undefined,
          lastClass: (n) => called.get(here)!.at(-1 - n),
        });
        const answer = await callNext({ hall: await demo(), actor: "token:1" }, here);
        expect(answer.ok ? answer.value.id : answer.code).toBe(expected?.head.id ?? "queue_empty");
        if (!expected) continue;
        calls++;
        waiting.splice(waiting.indexOf(expected.head as (typeof waiting)[number]), 1);
        called.get(here)!.push(expected.head.class);
        const { rows: [event] } = await sql<{ by: string; policy: number; compared: number }>`select data -> 'order' ->> 'by' as by, (data -> 'order' ->> 'policy')::int as policy, jsonb_array_length(data -> 'compared') as compared from events where hall_id = 1 order by seq desc limit 1`.execute(db());
        expect(event).toMatchObject({ by: expected.order, policy: (await currentPolicy(db(), 1)).version });
        expect(event!.compared).toBeGreaterThan(0);
        await sql`update tickets set state = 'finished', started_at = last_call_at, ended_at = app_now(), outcome = 'done' where hall_id = 1 and id = ${expected.head.id}`.execute(db());
      }
    }), { numRuns: 60, seed: 7, endOnFailure: true });
    expect(calls).toBeGreaterThan(200);
  }, 240_000);

  it("[JY-7.2.2b] the live queue keeps the printed bound: whoever overtakes has come within the promised minutes", async () => {
    const policy = await publish({ ...base, reserved: [], helping: { waitOver: null, lines: {} } });
    const bound = Object.fromEntries(policy.classes.map(({ code }) => [code, guaranteeOf(policy, { lines: [] }, code)!.minutes * 60_000]));
    expect(bound.normal).toBe(20 * 60_000);
    await sql`update tickets set state = 'cancelled', ended_at = app_now() where hall_id = 1 and state <> 'finished'`.execute(db());
    await sql`delete from window_lines where hall_id = 1 and window_id = any(${windows})`.execute(db());
    for (const window of windows) for (const line of lines) await sql`insert into window_lines (hall_id, window_id, line_id, tier) values (1, ${window}, ${line.id}, 1)`.execute(db());
    let overtakings = 0;
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ line: fc.nat(2), class: fc.nat(3), minutes: fc.nat(12), call: fc.nat(2) }), { minLength: 25, maxLength: 25 }), async (steps) => {
      const waiting: { id: number; line: string; class: string; at: number }[] = [];
      for (const step of steps) {
        await later(step.minutes * 60);
        const line = lines[step.line]!.code;
        const booked = CLASSES[step.class] === "booked" ? { token: crypto.randomUUID(), start: new Date().toISOString(), late: false } : undefined;
        const issued = must(await changeHall(db(), { hall: await demo(), actor: "token:1" }, (ctx) => issueTicket(ctx, { line, channel: "guide", class: booked ? undefined : CLASSES[step.class] } as IssueTicketInput, { secret: "s", trusted: true, ...(booked ? { booked } : {}) })));
        waiting.push({ id: Number(issued.id), line, class: issued.class!, at: Date.parse(issued.issuedAt!) });
        if (step.call !== 1) continue;
        const answer = must(await callNext({ hall: await demo(), actor: "token:1" }, windows[0]!));
        expect(answer.policyVersion).toBe(policy.version);
        const chosen = waiting.find(({ id }) => id === answer.id)!;
        for (const other of waiting) if (other.line === chosen.line && other.at < chosen.at && dayOf(other.at) === dayOf(chosen.at)) {
          overtakings++;
          expect(chosen.at - other.at).toBeLessThanOrEqual(bound[other.class]!);
        }
        waiting.splice(waiting.indexOf(chosen), 1);
        await sql`update tickets set state = 'finished', started_at = last_call_at, ended_at = app_now(), outcome = 'done' where hall_id = 1 and id = ${answer.id}`.execute(db());
      }
      await sql`update tickets set state = 'cancelled', ended_at = app_now() where hall_id = 1 and state = 'waiting'`.execute(db());
    }), { numRuns: 12, seed: 11, endOnFailure: true });
    expect(overtakings).toBeGreaterThan(10);
  }, 240_000);

  it("[JY-7.2.2c][JY-7.2.2e] a draft that refuses walk-ins or missed numbers, starves somebody or leaves the order to chance is not published, and says why", async () => {
    const hall = await demo();
    const broken: [Partial<PolicyInput>, string][] = [
      [{ walkIn: "when_free" }, "walk_in_refused"],
      [{ missed: { ...base.missed, afterMax: "refuse" } }, "missed_refused"],
      [{ ties: "none" }, "chance"],
      [{ classes: base.classes.map((known) => (known.code === "elderly" ? { ...known, absolute: true } : known)) }, "class_starves"],
    ];
    for (const [change, first] of broken) {
      const version = must(await act((ctx) => policyDraft(ctx.tx, hall.id).then((draft) => saveDraft(ctx, { ...base, ...change }, "", draft?.version ?? 0))));
      const result = await act((ctx) => publishDraft(ctx, version));
      expect(result).toMatchObject({ ok: false, code: "policy_refused", details: { first } });
    }
    // Two people at the same draft: the second is told.
    expect(refusal(await act((ctx) => saveDraft(ctx, base, "", 0)))).toBe("edited_elsewhere");
    must(await act((ctx) => dropDraft(ctx)));
    expect(refusal(await act((ctx) => publishDraft(ctx, 1)))).toBe("draft_gone");
  });

  it("a sound draft comes into force at once, and an earlier version can come back", async () => {
    const before = await currentPolicy(db(), 1);
    const version = must(await act((ctx) => saveDraft(ctx, { ...base, missed: { ...base.missed, behind: 7 }, reserved: [] }, "七人", 0)));
    const published = must(await act((ctx) => publishDraft(ctx, version)));
    expect(published).toBe(before.version + 1);
    expect((await currentPolicy(db(), 1)).missed.behind).toBe(7);
    must(await act((ctx) => draftFromVersion(ctx, before.version)));
    expect((await policyDraft(db(), 1))!.document.missed.behind).toBe(before.missed.behind);
    must(await act((ctx) => dropDraft(ctx)));
  });

  it("the auditor finds every call with its comparison, those against the order with their reason; the day's fairness counts who was overtaken", async () => {
    const hall = await demo();
    await tenOfNextDay();
    await sql`delete from window_lines where hall_id = 1 and window_id = any(${windows})`.execute(db());
    await sql`insert into window_lines (hall_id, window_id, line_id, tier) values (1, ${windows[0]!}, ${lines[0]!.id}, 1)`.execute(db());
    const take = async (kind: string) => must(await act((ctx) => issueTicket(ctx, { line: lines[0]!.code, channel: "guide", class: kind, classReason: "当面核对" } as IssueTicketInput, { secret: "s", trusted: true })));
    const first = await take("normal");
    await later(60);
    const priority = await take("elderly");
    await later(60);
    const last = await take("normal");
    // Before anybody is called the first one is told why somebody is ahead, without a name or a number.
    const page = await ticketPage(db(), first.token, "zh");
    expect(page).toMatchObject({ ahead: 1, aheadWhy: "您前面：1 位是依规优先的人员（算早到 20 分钟以内）。" });
    expect((await ticketPage(db(), first.token, "en")).aheadWhy).toBe("Ahead of you: 1 person with a lawful priority (counts as at most 20 minutes earlier).");
    const end = () => sql`update tickets set state = 'finished', started_at = last_call_at, ended_at = app_now(), outcome = 'done' where hall_id = 1 and state = 'called'`.execute(db());
    expect(must(await callNext({ hall, actor: "token:1" }, windows[0]!)).ticket.number).toBe(priority.number);
    await end();
    must(await act((ctx) => callByNumber(ctx, windows[0]!, { number: last.number, reason: "轮椅使用者陪同离场" })));
    await end();
    expect((await ticketPage(db(), first.token, "zh")).aheadWhy).toContain("另有 2 位晚到的预约或优先人员已经叫到");
    expect(must(await callNext({ hall, actor: "token:1" }, windows[0]!)).ticket.number).toBe(first.number);
    await end();
    const calls = (await listCalls(db(), 1, { limit: 3 })).rows;
    expect(calls.map(({ number, order, rule, reason }) => [number, order, rule, reason])).toEqual([[first.number, "own", "arrival", null], [last.number, "by_number", "arrival", "轮椅使用者陪同离场"], [priority.number, "own", "credit", null]]);
    expect(calls[2]!.compared).toHaveLength(1);
    expect((await listCalls(db(), 1, { filters: { order: "by_number" } })).rows.map(({ number }) => number)).toContain(last.number);
    const { days, most } = await fairDays(db(), 1, { from: first.issuedAt!.slice(0, 10), to: new Date(Date.parse(first.issuedAt!) + 86_400_000).toISOString().slice(0, 10) });
    expect(days[0]).toMatchObject({ called: 3, overtaken: 1, mostOvertaken: 2 });
    expect(most).toEqual([expect.objectContaining({ number: first.number, overtaken: 2 })]);
  });

  it("counts for the promise how many can be booked to come within the credit", async () => {
    const policy = await currentPolicy(db(), 1);
    const facts = await policyFacts(db(), 1, policy);
    const booked = guaranteeOf(policy, facts)!.booked;
    expect(booked.map(({ line }) => line)).toEqual(facts.lines.map(({ code }) => code));
    expect(Math.max(...booked.map(({ tickets }) => tickets))).toBeGreaterThan(0);
  });
});
