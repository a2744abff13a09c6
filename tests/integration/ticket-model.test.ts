import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { closeDay } from "@/lib/queue/day/commands";
import { callByNumber, callNext, closeWindow, finishService, holdTicket, missTicket, recall, resumeTicket, startService, transferFromWindow, undoLast } from "@/lib/queue/desk/commands";
import { verifyHall } from "@/lib/queue/ledger/data";
import { cancelTicket, issueTicket, returnTicket, ticketOfNumber } from "@/lib/queue/ticket/commands";
import { isAllowed, type Step, type TicketState } from "@/lib/queue/ticket/model";
import { type TicketRow, ticketRows } from "@/lib/queue/ticket/sql";
import { openWindow, pauseWindow } from "@/lib/windows/commands";
import { act, db, demo, must, windowId } from "../support/hall";

/**
 * Model of the ticket life (reliability.md section 5): random sequences of commands run against the real database and a
 * plain model of what a hall's people expect. After each command the outcomes must agree; after each sequence the
 * invariants I1–I9 and I11–I12 are proved by replaying the ledger.
 */
const SEQUENCES = Number(process.env.MODEL_SEQUENCES ?? 1_000);
const WINDOWS = ["T01", "T02", "F01"] as const;
const LINES = ["T", "F"] as const;
/** Lines of the three windows in the model hall, own before helping; set up below. */
const SERVES: Record<(typeof WINDOWS)[number], { line: string; tier: number }[]> = {
  T01: [{ line: "T", tier: 1 }, { line: "F", tier: 2 }], T02: [{ line: "T", tier: 1 }, { line: "F", tier: 1 }], F01: [{ line: "F", tier: 1 }],
};

interface ModelTicket {
  id: number;
  number: string;
  line: string;
  state: TicketState;
  rank: string;
  window?: string;
  target?: string;
}

interface Model {
  tickets: Map<string, ModelTicket>;
  windows: Map<string, "closed" | "open" | "paused">;
  issued: number;
}

interface Real {
  ids: Map<string, number>;
}

type Outcome = Result<unknown>;
const codeOf = (outcome: Outcome): string => (outcome.ok ? "ok" : outcome.code);

/** Reads a ticket back into the model after a command succeeded: rank and place are the database's to say. */
async function read(model: Model, id: number): Promise<ModelTicket> {
  const row = await ticketRows(db(), (await demo()).id).where("t.id", "=", id).executeTakeFirstOrThrow();
  const ticket: ModelTicket = { id, number: row.number, line: row.line, state: row.state as TicketState, rank: row.rank, ...(row.window ? { window: row.window } : {}) };
  if (row.target_window_id !== null) ticket.target = row.window!;
  model.tickets.set(row.number, ticket);
  return ticket;
}

const byRank = (a: ModelTicket, b: ModelTicket): number => (a.rank === b.rank ? a.id - b.id : a.rank < b.rank ? -1 : 1);
const waitingIn = (model: Model, line: string): ModelTicket[] => [...model.tickets.values()].filter((ticket) => ticket.state === "waiting" && ticket.line === line && !ticket.target).sort(byRank);
const activeAt = (model: Model, window: string): ModelTicket | undefined => [...model.tickets.values()].find((ticket) => ticket.window === window && (ticket.state === "called" || ticket.state === "serving"));

/** Whom the window must call: the smallest rank among the heads of its own lines, else of those that it helps. */
function expectedNext(model: Model, window: (typeof WINDOWS)[number]): ModelTicket | undefined {
  const mine = [...model.tickets.values()].filter((ticket) => ticket.state === "waiting" && ticket.target === window).sort(byRank)[0];
  for (const tier of [1, 2]) {
    const heads = SERVES[window].filter((served) => served.tier === tier).map((served) => waitingIn(model, served.line)[0]);
    if (tier === 1) heads.push(mine);
    const found = heads.filter((head) => head !== undefined).sort(byRank)[0];
    if (found) return found;
  }
  return undefined;
}

class Command implements fc.AsyncCommand<Model, Real> {
  constructor(readonly name: string, readonly play: (model: Model, real: Real) => Promise<void>) {}
  check = () => true;
  run = (model: Model, real: Real) => this.play(model, real);
  toString = () => this.name;
}

/** Each sequence has its own clerk, who can undo only what that clerk did. */
let clerk = "token:1";
const run = (work: (ctx: HallContext) => Promise<Result<unknown>>): Promise<Outcome> => act(work, clerk);
const onNumber = (number: string, work: (ctx: HallContext, row: TicketRow) => Promise<Result<unknown>>) =>
  run(async (ctx) => { const row = await ticketOfNumber(ctx, number); return row.ok ? work(ctx, row.value) : row; });

const issue = (line: string, className: string) => new Command(`issue(${line},${className})`, async (model) => {
  const outcome = await run((ctx) => issueTicket(ctx, { line, class: className, channel: "kiosk" } as never, { secret: "s", trusted: true }));
  const issued = must(outcome as Result<{ id: string; ahead: number }>);
  const ticket = await read(model, Number(issued.id));
  model.issued++;
  expect(ticket.state).toBe("waiting");
  expect(issued.ahead).toBe(waitingIn(model, line).findIndex((each) => each.id === ticket.id));
});

const next = (window: (typeof WINDOWS)[number]) => new Command(`next(${window})`, async (model, real) => {
  const expected = expectedNext(model, window);
  const state = model.windows.get(window);
  const busy = activeAt(model, window);
  const outcome = await callNext({ hall: await demo(), actor: clerk }, real.ids.get(window)!);
  if (state !== "open") return expect(codeOf(outcome)).toBe(state === "paused" ? "window_paused" : "window_closed");
  if (busy) return expect(outcome).toMatchObject({ code: "window_busy", details: { ticket: busy.id } });
  if (!expected) return expect(codeOf(outcome)).toBe("queue_empty");
  const called = await read(model, must(outcome).id);
  expect(called).toMatchObject({ number: expected.number, state: "called", window });
});

/** A step on the window's current ticket. */
const step = (name: Step, window: string, play: (ctx: HallContext, id: number) => Promise<Result<number>>, to: TicketState) => new Command(`${name}(${window})`, async (model, real) => {
  const active = activeAt(model, window);
  const outcome = await run((ctx) => play(ctx, real.ids.get(window)!));
  if (!active) return expect(codeOf(outcome)).toBe("no_active_ticket");
  if (name === "recall" && active.state === "called") return expect(codeOf(outcome)).toBe("recall_too_soon");
  if (!isAllowed(name, active.state)) return expect(codeOf(outcome)).toBe("step_refused");
  expect(codeOf(outcome)).toBe("ok");
  expect((await read(model, active.id)).state).toBe(to);
});

const session = (name: "open" | "pause" | "close", window: string) => new Command(`${name}(${window})`, async (model, real) => {
  const id = real.ids.get(window)!;
  const state = model.windows.get(window)!;
  const bound = [...model.tickets.values()].filter((ticket) => ticket.window === window && !ticket.target);
  const outcome = await run((ctx) => (name === "open" ? openWindow(ctx, id) : name === "pause" ? pauseWindow(ctx, id) : closeWindow(ctx, id)));
  const expected = name === "open" ? "ok"
    : name === "pause" ? (state === "open" ? "ok" : "window_step_refused")
    : bound.some((ticket) => ticket.state === "called" || ticket.state === "serving") ? "window_has_ticket"
    : bound.some((ticket) => ticket.state === "held") ? "window_has_held"
    : state === "closed" ? "window_step_refused" : "ok";
  expect(codeOf(outcome)).toBe(expected);
  if (expected !== "ok") return;
  model.windows.set(window, name === "open" ? "open" : name === "pause" ? "paused" : "closed");
  if (name === "close") for (const ticket of model.tickets.values()) if (ticket.target === window && ticket.state === "waiting") await read(model, ticket.id);
});

/** One of the tickets so far, chosen by an arbitrary number. */
const pick = (model: Model, index: number): ModelTicket | undefined => [...model.tickets.values()][index % Math.max(1, model.tickets.size)];

const comeBack = (index: number) => new Command(`return(#${index})`, async (model) => {
  const ticket = pick(model, index);
  if (!ticket) return;
  const before = waitingIn(model, ticket.line).length;
  const outcome = await onNumber(ticket.number, (ctx, row) => returnTicket(ctx, row));
  if (!isAllowed("return", ticket.state)) return expect(codeOf(outcome)).toBe("step_refused");
  const missed = ticket.state === "missed";
  expect(codeOf(outcome)).toBe("ok");
  await read(model, ticket.id);
  const place = waitingIn(model, ticket.line).findIndex((each) => each.id === ticket.id);
  // Behind the next three of the line, or behind everybody after a cancellation or too many returns.
  expect([Math.min(3, before), before]).toContain(place);
  if (!missed) expect(place).toBe(before);
});

const cancel = (index: number) => new Command(`cancel(#${index})`, async (model) => {
  const ticket = pick(model, index);
  if (!ticket) return;
  const outcome = await onNumber(ticket.number, (ctx, row) => cancelTicket(ctx, row));
  expect(codeOf(outcome)).toBe(isAllowed("cancel", ticket.state) ? "ok" : "step_refused");
  if (outcome.ok) expect((await read(model, ticket.id)).state).toBe("cancelled");
});

const resume = (window: string, index: number) => new Command(`resume(${window},#${index})`, async (model, real) => {
  const ticket = pick(model, index);
  if (!ticket) return;
  const outcome = await run((ctx) => resumeTicket(ctx, real.ids.get(window)!, ticket.number));
  const state = model.windows.get(window);
  if (state !== "open") return expect(codeOf(outcome)).toBe(state === "paused" ? "window_paused" : "window_closed");
  if (activeAt(model, window)) return expect(codeOf(outcome)).toBe("window_busy");
  if (ticket.state !== "held") return expect(codeOf(outcome)).toBe("step_refused");
  if (ticket.window !== window) return expect(codeOf(outcome)).toBe("number_not_for_window");
  expect(codeOf(outcome)).toBe("ok");
  expect((await read(model, ticket.id)).state).toBe("serving");
});

const byNumber = (window: (typeof WINDOWS)[number], index: number) => new Command(`call(${window},#${index})`, async (model, real) => {
  const ticket = pick(model, index);
  if (!ticket) return;
  const outcome = await run((ctx) => callByNumber(ctx, real.ids.get(window)!, { number: ticket.number, reason: "模型测试" }));
  const state = model.windows.get(window);
  if (state !== "open") return expect(codeOf(outcome)).toBe(state === "paused" ? "window_paused" : "window_closed");
  if (activeAt(model, window)) return expect(codeOf(outcome)).toBe("window_busy");
  if (ticket.state === "called" || ticket.state === "serving") return expect(codeOf(outcome)).toBe("number_called_elsewhere");
  const served = SERVES[window].some((each) => each.line === ticket.line) || ticket.target === window || ((ticket.state === "held" || ticket.state === "missed") && ticket.window === window);
  if (!served) return expect(codeOf(outcome)).toBe("number_not_for_window");
  if (!isAllowed("call", ticket.state)) return expect(codeOf(outcome)).toBe("step_refused");
  expect(codeOf(outcome)).toBe("ok");
  expect(await read(model, ticket.id)).toMatchObject({ state: "called", window });
});

const transfer = (window: string, target: { line?: string; window?: string }) => new Command(`transfer(${window},${JSON.stringify(target)})`, async (model, real) => {
  const active = activeAt(model, window);
  const outcome = await run((ctx) => transferFromWindow(ctx, real.ids.get(window)!, target as never));
  if (!active) return expect(codeOf(outcome)).toBe("no_active_ticket");
  expect(codeOf(outcome)).toBe("ok");
  const after = await read(model, active.id);
  expect(after).toMatchObject({ state: "waiting", rank: active.rank, ...(target.line ? { line: target.line } : { target: target.window }) });
});

const undo = (window: string) => new Command(`undo(${window})`, async (model, real) => {
  const known = structuredClone([...model.tickets.values()]);
  const outcome = await run((ctx) => undoLast(ctx, { windowId: real.ids.get(window)! }));
  if (model.windows.get(window) === "closed") return expect(codeOf(outcome)).toBe("window_closed");
  if (!outcome.ok) {
    expect(["nothing_to_undo", "undo_conflict"]).toContain(outcome.code);
    // I11: a refused command changes nothing.
    for (const ticket of known) expect(await read(model, ticket.id)).toEqual(ticket);
    return;
  }
  await read(model, outcome.value as number);
});

const windowArb = fc.constantFrom(...WINDOWS);
const index = fc.nat(40);
const commands = [
  fc.tuple(fc.constantFrom(...LINES), fc.constantFrom("normal", "normal", "elderly", "military")).map(([line, kind]) => issue(line, kind)),
  fc.tuple(fc.constantFrom(...LINES), fc.constantFrom("normal", "elderly")).map(([line, kind]) => issue(line, kind)),
  windowArb.map(next), windowArb.map(next), windowArb.map((window) => session("open", window)),
  windowArb.map((window) => step("start", window, startService, "serving")),
  windowArb.map((window) => step("finish", window, (ctx, id) => finishService(ctx, id), "finished")),
  windowArb.map((window) => step("miss", window, missTicket, "missed")),
  windowArb.map((window) => step("hold", window, (ctx, id) => holdTicket(ctx, id), "held")),
  windowArb.map((window) => step("recall", window, recall, "called")),
  fc.tuple(windowArb, fc.constantFrom({ line: "T" }, { line: "F" }, { window: "T02" }, { window: "F01" })).map(([window, target]) => transfer(window, target)),
  index.map(comeBack), index.map(cancel), fc.tuple(windowArb, index).map(([window, i]) => resume(window, i)), fc.tuple(windowArb, index).map(([window, i]) => byNumber(window, i)),
  windowArb.map(undo), fc.tuple(fc.constantFrom("pause" as const, "close" as const), windowArb).map(([name, window]) => session(name, window)),
];

beforeAll(async () => {
  const hall = await demo();
  const lines = await db().selectFrom("lines").select(["id", "code"]).where("hall_id", "=", hall.id).execute();
  for (const window of WINDOWS) {
    const id = await windowId(window);
    await db().deleteFrom("window_lines").where("hall_id", "=", hall.id).where("window_id", "=", id).execute();
    await db().insertInto("window_lines").values(SERVES[window].map(({ line, tier }) => ({ hall_id: hall.id, window_id: id, line_id: lines.find((each) => each.code === line)!.id, tier }))).execute();
  }
});

it(`${SEQUENCES} random sequences of commands agree with the model; the ledger proves I1–I9, I11 and I12`, async () => {
  const hall = await demo();
  const ids = new Map(await Promise.all(WINDOWS.map(async (window) => [window, await windowId(window)] as const)));
  let steps = 0;
  let sequences = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: "large" }), async (sequence) => {
      clerk = `token:${++sequences}`;
      must(await act(async (ctx) => closeDay(ctx, ctx.seq)));
      // One day holds all sequences, so that numbers go on without a gap; the model starts with what is there.
      const model: Model = { tickets: new Map(), windows: new Map(WINDOWS.map((window) => [window, "closed"])), issued: 0 };
      await fc.asyncModelRun(() => ({ model, real: { ids } }), sequence);
      steps += [...sequence].length;
      // I5: waiting + active + done + away = issued.
      expect(model.tickets.size).toBe(model.issued);
      if (sequences % 250 === 0) expect((await verifyHall(db(), hall.id)).faults).toEqual([]);
    }),
    { numRuns: SEQUENCES, endOnFailure: false, seed: Number(process.env.MODEL_SEED ?? 20261120) },
  );
  const proof = await verifyHall(db(), hall.id);
  expect(proof.faults).toEqual([]);
  // I2: nobody is called more often than the ledger says; I12: every event names who did it.
  const nameless = await db().selectFrom("events").select("seq").where("hall_id", "=", hall.id).where("actor", "=", "").execute();
  expect(nameless).toEqual([]);
  expect(steps).toBeGreaterThan(SEQUENCES * 10);
}, 900_000);
