/**
 * What if (JY-6.3m): a past day once more, with the same people, arrivals and service times, under another policy or with
 * other windows; and what a draft would have called beside what was called. Times are minutes of the day. Pure.
 */
import { choose, type CompiledPolicy, type Head, rankOf, type WindowLine, windowOrder } from "@/lib/queue/policy/order";
import type { HallModel } from "@/lib/queue/simulate/hall";
import { Simulation } from "@/lib/queue/simulate/model";
import { meanWithControls } from "@/lib/queue/simulate/statistics";
import type { WhatIfResult, WhatIfRow } from "./schema";

export interface PastVisit {
  at: number;
  line: number;
  class: string;
  /** From the call to the end of the service; null when it was not recorded. */
  minutes: number | null;
  /** As it was. */
  wait: number;
  /** Booked time. */
  booked?: number;
}
export interface PastDay {
  day: string;
  lines: { code: string; minutes: number; cv: number }[];
  windows: { code: string; tiers: number[][]; open: [number, number][] }[];
  visits: PastVisit[];
}
export interface Arrangement {
  policy: CompiledPolicy;
  /** Windows more or fewer, by line code. */
  windows: Readonly<Record<string, number>>;
}
export interface Outcome {
  waits: { class: string; wait: number }[];
  windowHours: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const openMinutes = (open: readonly (readonly [number, number])[]): number => open.reduce((sum, [from, to]) => sum + to - from, 0);

/** Added windows are open from the first opening to the last closing; of those to go the longest open ones of the line go first. */
export function changedWindows({ windows, lines }: PastDay, change: Arrangement["windows"]): PastDay["windows"] {
  let all = [...windows];
  const opened = windows.flatMap(({ open }) => open);
  const span: [number, number] = [Math.min(...opened.map(([from]) => from)), Math.max(...opened.map(([, to]) => to))];
  lines.forEach(({ code }, line) => {
    const wanted = change[code] ?? 0;
    const own = all.filter(({ tiers, open }) => tiers[0]!.includes(line) && open.length > 0).sort((a, b) => openMinutes(b.open) - openMinutes(a.open));
    const gone = new Set(own.slice(0, Math.max(0, -wanted)));
    all = all.filter((window) => !gone.has(window));
    for (let i = 0; i < wanted && opened.length > 0; i++) all.push({ code: `+${code}${i + 1}`, tiers: [[line], [], []], open: [span] });
  });
  return all;
}

function hallOf(day: PastDay, { policy, windows }: Arrangement, redraw: boolean): HallModel {
  const classes = Object.keys(policy.credits);
  const changed = changedWindows(day, windows);
  // Who still waits at the last closing is served by who is there then: nobody is sent away.
  const last = Math.max(...changed.flatMap(({ open }) => open.map(([, to]) => to)));
  return {
    lines: day.lines.map(({ code }) => ({ code })), classes: classes.map((code) => ({ code })), discipline: policy, services: day.lines.map(({ minutes, cv }) => ({ kind: "lognormal", mean: minutes, cv })),
    windows: changed.map((window) => ({ ...window, open: window.open.map(([from, to]) => [from, to >= last ? Infinity : to] as const) })),
    visits: day.visits.map((visit) => ({
      at: visit.at, line: visit.line, class: Math.max(0, classes.indexOf(visit.class)), service: visit.line, ...(visit.minutes === null || redraw ? {} : { minutes: visit.minutes }),
      rank: rankOf(policy, { at: visit.at * MINUTE_MS, class: visit.class, ...(visit.booked === undefined ? {} : { booked: { start: visit.booked * MINUTE_MS, late: false } }) }).rank / MINUTE_MS,
    })),
  };
}

/** Simulates one day under several arrangements, each in `runs` runs with the same visitors; services are drawn anew when `redraw`. For a thread. */
export function replayDay(day: PastDay, arrangements: readonly Arrangement[], { runs, seed, redraw }: { runs: number; seed: number; redraw: boolean }): Outcome[][] {
  return arrangements.map((arrangement) => {
    const hall = hallOf(day, arrangement, redraw);
    const simulation = new Simulation(hall);
    const windowHours = hall.windows.length === 0 ? 0 : openMinutes(changedWindows(day, arrangement.windows).flatMap(({ open }) => open)) / 60;
    return Array.from({ length: runs }, (_, run): Outcome => {
      const waits: Outcome["waits"] = [];
      const note = (wait: number, ref: number) => void waits.push({ class: day.visits[ref]!.class, wait });
      simulation.start(seed, run, { called: (wait, _kind, ref) => note(wait, ref), gaveUp: (wait, _kind, ref) => note(wait, ref) });
      simulation.advance(Infinity);
      // Whom no window of the arrangement serves waits until midnight.
      simulation.waiting((at, _line, ref) => note(DAY_MINUTES - at, ref));
      return { waits, windowHours };
    });
  });
}

const meanOf = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / (list.length || 1);
const p90Of = (list: number[]): number => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(0.9 * list.length))] ?? 0;

type Measure = (outcome: Outcome) => number;

/** One figure before and after; pairs are days, or runs of the only day. A class that nobody had in a pair does not count there. */
function row(measure: WhatIfRow["measure"], known: string | null, pairs: readonly (readonly [Outcome, Outcome])[], of: Measure): WhatIfRow {
  const values = pairs.filter(([outcome]) => known === null || outcome.waits.some((each) => each.class === known)).map(([before, after]) => [of(before), of(after)] as const);
  const differences = values.map(([before, after]) => after - before);
  const { value, low, high } = meanWithControls(differences, [], 0.95);
  return { measure, class: known, before: meanOf(values.map(([before]) => before)), after: meanOf(values.map(([, after]) => after)), difference: { value: differences.length === 0 ? 0 : value, low: Number.isNaN(low) ? null : low, high: Number.isNaN(high) ? null : high } };
}

/** The comparison: waits per class, promise kept, window hours; each difference paired by day, or by run when there is one day only. */
export function compareOutcomes(days: readonly { day: PastDay; before: Outcome[]; after: Outcome[] }[], within: number): WhatIfResult {
  const pairs = days.flatMap(({ before, after }) => before.map((outcome, run) => [outcome, after[run]!] as const));
  const classes = [...new Set(days.flatMap(({ day }) => day.visits.map((visit) => visit.class)))].sort();
  const waits = (outcome: Outcome, known: string | null) => outcome.waits.flatMap((each) => (known === null || each.class === known ? [each.wait] : []));
  const groups = classes.length > 1 ? [null, ...classes] : [null];
  return {
    visits: days.reduce((sum, { day }) => sum + day.visits.length, 0), within,
    rows: [
      ...groups.map((known) => row("meanWait", known, pairs, (outcome) => meanOf(waits(outcome, known)))), ...groups.map((known) => row("p90Wait", known, pairs, (outcome) => p90Of(waits(outcome, known)))),
      row("kept", null, pairs, (outcome) => (100 * outcome.waits.filter(({ wait }) => wait <= within).length) / (outcome.waits.length || 1)), row("windowHours", null, pairs, ({ windowHours }) => windowHours),
    ],
    days: days.map(({ day, before, after }) => ({ day: day.day, recorded: day.visits.length === 0 ? null : meanOf(day.visits.map(({ wait }) => wait)), before: meanOf(before.map((each) => meanOf(waits(each, null)))), after: meanOf(after.map((each) => meanOf(waits(each, null)))) })),
  };
}

/** A ticket of the day for the shadow; times in epoch milliseconds. */
export interface ShadowTicket {
  id: number;
  number: string;
  class: string;
  line: number;
  issued: number;
  /** First call, or end without one; null: still waits. */
  left: number | null;
  /** Rank as stored; counts instead of the policy's when a rule beside arrival and credit made it. */
  rank: number;
  ruled: boolean;
  booked?: number;
}
export interface ShadowCall {
  at: number;
  window: string;
  ticket: number;
}
export interface Differing {
  at: number;
  window: string;
  called: string;
  draft: string;
  heads: string[];
}

/**
 * What a draft would have called at each real call. Only calls that the policy in force explains from the same view are compared,
 * so that a difference is the draft's and not the view's.
 */
export function shadowCalls(calls: readonly ShadowCall[], tickets: readonly ShadowTicket[], windows: readonly { code: string; lines: readonly WindowLine[] }[], live: CompiledPolicy, draft: CompiledPolicy): { compared: number; differing: Differing[] } {
  const ranks = [live, draft].map((policy) => new Map(tickets.map((ticket) => [ticket.id, ticket.ruled ? ticket.rank : rankOf(policy, { at: ticket.issued, class: ticket.class, ...(ticket.booked === undefined ? {} : { booked: { start: ticket.booked, late: false } }) }).rank])));
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const last = new Map<string, string[]>();
  const differing: Differing[] = [];
  let compared = 0;
  for (const call of calls) {
    const window = windows.find(({ code }) => code === call.window);
    const called = byId.get(call.ticket);
    const past = last.get(call.window) ?? [];
    if (window && called) {
      const waiting = tickets.filter((ticket) => ticket.issued <= call.at && (ticket.left === null || ticket.left >= call.at) && window.lines.some(({ id }) => id === ticket.line));
      const [now, then] = [live, draft].map((policy, which) => {
        const heads = (lineId: number, only: readonly string[] | null, except: readonly string[]): Head | undefined => waiting.filter((each) => each.line === lineId && (!only || only.includes(each.class)) && !except.includes(each.class))
          .map((each) => ({ id: each.id, class: each.class, rank: ranks[which]!.get(each.id)! })).sort((a, b) => a.rank - b.rank || a.id - b.id)[0];
        return choose(windowOrder(policy.order, window), { head: heads, lastClass: (n) => past[n] })?.head.id;
      });
      if (now === call.ticket) {
        compared++;
        if (then !== undefined && then !== now) differing.push({ at: call.at, window: call.window, called: called.number, draft: byId.get(then)!.number, heads: window.lines.flatMap(({ id }) => waiting.filter((each) => each.line === id).sort((a, b) => ranks[0]!.get(a.id)! - ranks[0]!.get(b.id)!).slice(0, 1).map(({ number }) => number)) });
      }
    }
    if (called) last.set(call.window, [called.class, ...past].slice(0, 20));
  }
  return { compared, differing };
}
