import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { callByNumber, callNext, closeWindow, finishService, holdTicket, missTicket, recall, resumeTicket, startService, transferFromWindow, undoLast } from "@/lib/queue/desk/commands";
import { cancelTicket, prioritiseTicket, returnTicket, ticketOfNumber } from "@/lib/queue/ticket/commands";
import { ticketById, ticketPage } from "@/lib/queue/ticket/data";
import { ticketRows } from "@/lib/queue/ticket/sql";
import { verifyHall } from "@/lib/queue/ledger/data";
import { closeDay, closePastDays, previewDay } from "@/lib/queue/day/commands";
import { ok } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import type { Result } from "@/lib/kernel/result";
import type { TicketRow } from "@/lib/queue/ticket/sql";
import { act, db, demo, later, must, open, refusal, take, windowId } from "../support/hall";

const next = async (window: number): Promise<Result<number>> => {
  const result = await callNext({ hall: await demo(), actor: "token:1" }, window);
  return result.ok ? ok(result.value.id) : result;
};
const number = async (id: number) => (await ticketById(db(), (await demo()).id, id)).number;
const withNumber = (value: string, work: (ctx: HallContext, row: TicketRow) => Promise<Result<number>>) =>
  act(async (ctx) => { const row = await ticketOfNumber(ctx, value); return row.ok ? work(ctx, row.value) : row; });
const state = async (value: string) => (await withNumberRow(value)).state;
const withNumberRow = async (value: string) => ticketRows(db(), (await demo()).id).where("t.number", "=", value).executeTakeFirstOrThrow();

/** Ends everything that is under way, so that the tests do not see each other's tickets. */
afterEach(async () => {
  must(await act(async (ctx) => closeDay(ctx, ctx.seq)));
  const proof = await verifyHall(db(), (await demo()).id);
  expect(proof.faults).toEqual([]);
});

describe("life of a ticket", () => {
  it("[GD-6.1.1q] gives a walk-in number without phone or booking, [BG-C04d] with the prefix of its line and three digits", async () => {
    const first = await take({ line: "T" });
    const second = await take({ line: "T" });
    expect(first.number).toMatch(/^T\d{3}$/);
    expect(Number(second.number.slice(1))).toBe(Number(first.number.slice(1)) + 1);
    expect(first.token).toMatch(/^[0-9a-z]+-[\w-]{22}$/);
  });

  it("goes waiting → called → serving → finished and refuses every other order", async () => {
    const ticket = await take({ line: "T" });
    const window = await open("T01");
    expect(refusal(await act((ctx) => startService(ctx, window)))).toBe("no_active_ticket");
    expect(await number(must(await next(window)))).toBe(ticket.number);
    expect(refusal(await act((ctx) => finishService(ctx, window)))).toBe("step_refused");
    must(await act((ctx) => startService(ctx, window)));
    expect(refusal(await act((ctx) => missTicket(ctx, window)))).toBe("step_refused");
    must(await act((ctx) => finishService(ctx, window)));
    expect(await state(ticket.number)).toBe("finished");
    expect(refusal(await withNumber(ticket.number, (ctx, row) => returnTicket(ctx, row)))).toBe("step_refused");
  });

  it("a second press finds the window busy and gets the current ticket", async () => {
    await take({ line: "T" });
    await take({ line: "T" });
    const window = await open("T01");
    const first = must(await next(window));
    const again = await next(window);
    expect(again).toMatchObject({ ok: false, code: "window_busy", details: { ticket: first } });
  });

  it("[BG-C07g] a class counts as having come earlier by its credit and no more", async () => {
    const regular = await take({ line: "T" });
    await later(19 * 60);
    const elderly = await take({ line: "T", class: "elderly" });
    await later(22 * 60);
    const late = await take({ line: "T", class: "elderly" });
    const window = await open("T01");
    const order = [];
    for (let i = 0; i < 3; i++) {
      order.push(await number(must(await next(window))));
      must(await act((ctx) => startService(ctx, window)));
      must(await act((ctx) => finishService(ctx, window)));
    }
    // 19 minutes later with 20 minutes of credit goes first; 41 minutes later does not pass the regular ticket.
    expect(order).toEqual([elderly.number, regular.number, late.number]);
  });

  it("an ID number of an older person proves the class; an invalid one is refused with its field", async () => {
    const { issueTicket } = await import("@/lib/queue/ticket/commands");
    const issue = (idNumber: string | undefined, className?: string) => act((ctx) => issueTicket(ctx, { line: "T", channel: "phone", class: className, ...(idNumber ? { person: { idNumber } } : {}) } as never, { secret: "s", trusted: false }));
    expect(must(await issue("11010519491231002X")).class).toBe("elderly");
    expect(await issue("130402198207290622")).toMatchObject({ ok: false, code: "id_number_invalid", field: "person.idNumber" });
    expect(refusal(await issue(undefined, "pregnant"))).toBe("class_needs_evidence");
    const stored = await db().selectFrom("tickets").selectAll().where("person_key", "is not", null).executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain("11010519491231002X");
  });

  it("[JY-7.2.2d] a missed number comes back behind the next three of its line", async () => {
    const tickets: Awaited<ReturnType<typeof take>>[] = [];
    for (let i = 0; i < 6; i++) tickets.push(await take({ line: "T" }));
    const window = await open("T01");
    must(await next(window));
    must(await act((ctx) => missTicket(ctx, window)));
    must(await withNumber(tickets[0]!.number, (ctx, row) => returnTicket(ctx, row)));
    const order = [];
    for (let i = 0; i < 6; i++) {
      order.push(await number(must(await next(window))));
      must(await act((ctx) => startService(ctx, window)));
      must(await act((ctx) => finishService(ctx, window)));
    }
    expect(order).toEqual([1, 2, 3, 0, 4, 5].map((index) => tickets[index]!.number));
  });

  it("[JY-7.2.2e] a missed number is never refused on the same day, however often it was missed", async () => {
    const ticket = await take({ line: "T" });
    const window = await open("T01");
    for (let round = 0; round < 5; round++) {
      must(await next(window));
      must(await act((ctx) => missTicket(ctx, window)));
      must(await withNumber(ticket.number, (ctx, row) => returnTicket(ctx, row)));
    }
    expect(await state(ticket.number)).toBe("waiting");
    expect((await withNumberRow(ticket.number)).returns).toBe(5);
  });

  it("recalls with limit and pause of the policy", async () => {
    await take({ line: "T" });
    const window = await open("T01");
    must(await next(window));
    expect(await act((ctx) => recall(ctx, window))).toMatchObject({ code: "recall_too_soon" });
    await later(21);
    must(await act((ctx) => recall(ctx, window)));
    await later(21);
    must(await act((ctx) => recall(ctx, window)));
    await later(21);
    expect(await act((ctx) => recall(ctx, window))).toMatchObject({ code: "recall_limit", details: { max: 3 } });
  });

  it("holds and resumes at the same window only", async () => {
    const ticket = await take({ line: "T" });
    const window = await open("T01");
    const other = await open("T02");
    must(await next(window));
    must(await act((ctx) => startService(ctx, window)));
    must(await act((ctx) => holdTicket(ctx, window)));
    expect(refusal(await act((ctx) => closeWindow(ctx, window)))).toBe("window_has_held");
    expect(refusal(await act((ctx) => resumeTicket(ctx, other, ticket.number)))).toBe("number_not_for_window");
    must(await act((ctx) => resumeTicket(ctx, window, ticket.number)));
    expect(await state(ticket.number)).toBe("serving");
  });

  it("transfer keeps the seniority: the ticket is ahead of those who came later to the other line", async () => {
    const moved = await take({ line: "T" });
    const waiting = await take({ line: "F" });
    const window = await open("T01");
    const fund = await open("F01");
    must(await next(window));
    must(await act((ctx) => transferFromWindow(ctx, window, { line: "F" })));
    expect(await number(must(await next(fund)))).toBe(moved.number);
    expect(await state(waiting.number)).toBe("waiting");
  });

  it("a transfer to a window waits for that window, and goes back to its line when the window closes", async () => {
    const ticket = await take({ line: "T" });
    const [one, two] = [await open("T01"), await open("T02")];
    must(await next(one));
    must(await act((ctx) => transferFromWindow(ctx, one, { window: "T02" })));
    expect(refusal(await next(one))).toBe("queue_empty");
    must(await act((ctx) => closeWindow(ctx, two)));
    expect(await number(must(await next(one)))).toBe(ticket.number);
  });

  it("calls by number with a reason, only a number of the window's lines", async () => {
    await take({ line: "T" });
    const wanted = await take({ line: "T" });
    const foreign = await take({ line: "F" });
    const window = await open("T01");
    expect(refusal(await act((ctx) => callByNumber(ctx, window, { number: foreign.number, reason: "急事" })))).toBe("number_not_for_window");
    expect(refusal(await act((ctx) => callByNumber(ctx, window, { number: "T999", reason: "急事" })))).toBe("number_not_found");
    must(await act((ctx) => callByNumber(ctx, window, { number: wanted.number, reason: "孩子在等" })));
    expect(await state(wanted.number)).toBe("called");
  });

  it("undoes the last step within 60 s and not later, and not when somebody else stands at the window", async () => {
    const first = await take({ line: "T" });
    await take({ line: "T" });
    const window = await open("T01");
    must(await next(window));
    must(await act((ctx) => startService(ctx, window)));
    must(await act((ctx) => finishService(ctx, window)));
    must(await act((ctx) => undoLast(ctx, { windowId: window })));
    expect(await state(first.number)).toBe("serving");
    expect(refusal(await act((ctx) => undoLast(ctx, { windowId: window })))).toBe("nothing_to_undo");
    must(await act((ctx) => finishService(ctx, window)));
    must(await next(window));
    must(await act((ctx) => startService(ctx, window)));
    await later(61);
    expect(refusal(await act((ctx) => undoLast(ctx, { windowId: window })))).toBe("nothing_to_undo");
  });

  it("cancels and comes back behind everybody who waits", async () => {
    const leaver = await take({ line: "T" });
    const stayer = await take({ line: "T" });
    must(await withNumber(leaver.number, (ctx, row) => cancelTicket(ctx, row)));
    must(await withNumber(leaver.number, (ctx, row) => returnTicket(ctx, row)));
    const window = await open("T01");
    expect(await number(must(await next(window)))).toBe(stayer.number);
  });

  it("the guide desk sets a class with its reason and the rank moves by the credit", async () => {
    await take({ line: "T" });
    const second = await take({ line: "T" });
    must(await withNumber(second.number, (ctx, row) => prioritiseTicket(ctx, row, { class: "pregnant", reason: "持孕检手册" })));
    const window = await open("T01");
    expect(await number(must(await next(window)))).toBe(second.number);
  });

  it("[JY-9.1.1f] serves the own lines first and helps others while the own are empty", async () => {
    const helped = await take({ line: "A" });
    const windows = await db().selectFrom("windows as w").innerJoin("window_lines as wl", (join) => join.onRef("wl.hall_id", "=", "w.hall_id").onRef("wl.window_id", "=", "w.id"))
      .innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "wl.hall_id").onRef("l.id", "=", "wl.line_id")).select(["w.code", "wl.tier", "l.code as line"]).where("w.hall_id", "=", (await demo()).id).execute();
    const helper = windows.find((row) => row.line === "A" && row.tier === 2)!;
    const own = windows.find((row) => row.code === helper.code && row.tier === 1)!;
    const later1 = await take({ line: own.line });
    const window = await open(helper.code);
    expect(await number(must(await next(window)))).toBe(later1.number);
    must(await act((ctx) => startService(ctx, window)));
    must(await act((ctx) => finishService(ctx, window)));
    expect(await number(must(await next(window)))).toBe(helped.number);
  });

  it("[GD-6.2.1] the holder's page tells people ahead, an estimate as a range, the window when called, and why", async () => {
    await take({ line: "T" });
    const mine = await take({ line: "T" });
    const window = await open("T01");
    const before = await ticketPage(db(), mine.token, "zh");
    expect(before).toMatchObject({ state: "waiting", ahead: 1, canCancel: true, why: { rule: "arrival", policyVersion: 1 } });
    expect(before.estimate!.p90).toBeGreaterThan(before.estimate!.p50);
    expect(before.why.text).toContain("20 分钟");
    must(await next(window));
    must(await act((ctx) => missTicket(ctx, window)));
    must(await next(window));
    const after = await ticketPage(db(), mine.token, "en");
    expect(after).toMatchObject({ state: "called", window: "T01" });
    expect(after.moves[0]!.text).toContain("T01");
    expect(JSON.stringify(after)).not.toMatch(/staff:|token:/);
  });

  it("closes the day as previewed, refuses when the hall has changed since, and leaves nothing hanging", async () => {
    const waiting = await take({ line: "T" });
    const window = await open("T01");
    await take({ line: "T" });
    must(await next(window));
    const preview = await previewDay(db(), await demo());
    expect(preview).toMatchObject({ waiting: 1, called: 1, windows: ["T01"] });
    await take({ line: "T" });
    expect(refusal(await act((ctx) => closeDay(ctx, preview.seq)))).toBe("day_changed");
    const again = await previewDay(db(), await demo());
    must(await act((ctx) => closeDay(ctx, again.seq)));
    expect(await state(waiting.number)).toBe("cancelled");
    expect((await previewDay(db(), await demo())).tickets).toEqual([]);
  });

  it("starts a new day with new numbers and ends what the day before left, in the hall's own zone", async () => {
    const today = await take({ line: "T" });
    await later(24 * 3600);
    const tomorrow = await take({ line: "T" });
    expect(tomorrow.number).toBe("T001");
    const window = await open("T01");
    must(await next(window));
    expect(refusal(await next(window))).toBe("window_busy");
    await closePastDays();
    const old = await db().selectFrom("tickets").select("state").where("token", "=", today.token).executeTakeFirstOrThrow();
    expect(old.state).toBe("cancelled");
    await act(async (ctx) => ok(await closeDay(ctx, ctx.seq)));
  });

  it("[JY-10.2.3q] a paper number given while the system was away is entered later and keeps its place", async () => {
    // To noon in the hall's zone, so that 40 minutes before and after are the same day.
    const { rows: [until] } = await sql<{ seconds: number }>`
      select (extract(epoch from (t::date + 1 + time '12:00') - t))::int as seconds from (select app_now() at time zone 'Asia/Shanghai' as t) x`.execute(db());
    await later(until!.seconds);
    const { rows: [clock] } = await sql<{ earlier: string; future: string }>`
      select to_char(t - interval '40 minutes', 'HH24:MI') as earlier, to_char(t + interval '40 minutes', 'HH24:MI') as future from (select app_now() at time zone 'Asia/Shanghai' as t) x`.execute(db());
    const regular = await take({ line: "T" });
    const paper = await take({ line: "T", channel: "guide", paper: { number: "纸12", at: clock!.earlier } });
    expect(paper.ahead).toBe(0);
    const window = await open("T01");
    expect(await number(must(await next(window)))).toBe(paper.number);
    expect((await ticketPage(db(), regular.token, "zh")).state).toBe("waiting");
    const { issueTicket } = await import("@/lib/queue/ticket/commands");
    expect(await act((ctx) => issueTicket(ctx, { line: "T", channel: "guide", paper: { number: "9", at: clock!.future } } as never, { secret: "s", trusted: true }))).toMatchObject({ code: "paper_time_future", field: "paper.at" });
  });

  it("numbers and tickets survive the end of every connection", async () => {
    const before = await take({ line: "T" });
    const { pool } = await import("@/lib/db/database");
    await pool().query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()").catch(() => undefined);
    const after = await take({ line: "T" });
    expect(Number(after.number.slice(1))).toBe(Number(before.number.slice(1)) + 1);
    expect(await windowId("T01")).toBeGreaterThan(0);
  });
});
