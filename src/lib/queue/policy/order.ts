/**
 * The compiler of the calling policy: a document becomes the rank function and the order in which a window looks at its
 * candidates. Pure: no clock and no I/O. The compiled order is plain data. `call_next` (migrations) reads the very same
 * data under the hall's lock; `choose` is its twin for the simulator, the what-if and the explanation, and a test of random
 * states holds the two together.
 */
import type { RankRule } from "./model";
import type { PolicyDocument } from "./schema";

const MINUTE_MS = 60_000;
/** A class that goes before everybody counts as having come a year ago; checks never let it be published. */
const ABSOLUTE_MS = 365 * 24 * 60 * MINUTE_MS;
/** With ties by class, each class after the first stands a microsecond behind: the fineness of a stored rank. */
const TIE_MS = 0.001;

export type Tier = 1 | 2 | 3;

/** What the window's order needs of a policy; stored with the published version as it is. */
export interface CompiledOrder {
  /** Tier 2 (helping) and 3 (tidal): minutes of 90 % wait from which the window works for a line; null is always. */
  tiers: { 2: TierCondition; 3: TierCondition };
  /** By window code. */
  reserved: Record<string, { classes: string[]; only: boolean }>;
  /** Most calls of a class one after another at a window. */
  inRow: Record<string, number>;
}
interface TierCondition {
  waitOver: number | null;
  lines: Record<string, number>;
}

export interface CompiledPolicy {
  version: number;
  /** Credit by class in milliseconds, with the tie step. */
  credits: Readonly<Record<string, number>>;
  lateCredit: number;
  early: "arrival" | "slot";
  missed: PolicyDocument["missed"];
  transfer: PolicyDocument["transfer"];
  order: CompiledOrder;
}

/** Compiles a document. Throws nothing: what makes no sense is found by `checkPolicy` before publishing. */
export function compilePolicy(policy: PolicyDocument): CompiledPolicy {
  const credits = policy.classes.map((known, index) => [known.code, (known.absolute ? ABSOLUTE_MS : known.creditMinutes * MINUTE_MS) - (policy.ties === "class" ? index * TIE_MS : 0)]);
  return {
    version: policy.version, credits: Object.fromEntries(credits), lateCredit: policy.booking.lateCreditMinutes * MINUTE_MS, early: policy.booking.early, missed: policy.missed, transfer: policy.transfer,
    order: {
      tiers: { 2: policy.helping, 3: policy.tidal },
      reserved: Object.fromEntries(policy.reserved.map(({ window, classes, only }) => [window, { classes, only }])),
      inRow: Object.fromEntries(policy.classes.flatMap((known) => (known.maxInRow ? [[known.code, known.maxInRow]] : []))),
    },
  };
}

export interface Arrival {
  /** Epoch milliseconds. */
  at: number;
  class: string;
  /** A booking's start, and whether its holder came after the limit. */
  booked?: { start: number; late: boolean };
}

/**
 * Rank of a ticket when it is issued: its virtual arrival in epoch milliseconds, the moment it counts from (`from`) less
 * `creditMs`. Lowest rank goes first.
 */
export function rankOf(policy: CompiledPolicy, { at, class: code, booked }: Arrival): { rank: number; from: number; creditMs: number; rule: RankRule } {
  const from = booked && !booked.late && policy.early === "slot" ? Math.max(at, booked.start) : at;
  const creditMs = Math.max(policy.credits[code] ?? 0, booked?.late ? policy.lateCredit : -Infinity);
  return { rank: from - creditMs, from, creditMs, rule: creditMs > 0 ? "credit" : "arrival" };
}

/** Rank after a transfer: kept, or not earlier than now less the credit for people who were sent on. */
export function rankAfterTransfer({ transfer }: CompiledPolicy, own: number, now: number): number {
  if (transfer.seniority === "keep") return own;
  return Math.max(own, now - (transfer.seniority === "credit" ? transfer.creditMinutes * MINUTE_MS : 0));
}

export interface WindowLine {
  id: number;
  code: string;
  tier: Tier;
}

/** One look at the heads: classes that count (null is all). */
interface Pass {
  only: readonly string[] | null;
  kind: CallOrder;
}
/** Why the window looked where it found the ticket. */
export type CallOrder = "own" | "helping" | "tidal" | "targeted" | "reserved";

/** The compiled order of one window. */
export interface WindowOrder {
  window: string;
  lines: readonly (WindowLine & { waitOver: number | null })[];
  passes: readonly Pass[];
  inRow: readonly (readonly [code: string, most: number])[];
}

/** The order of a window with its lines, own before helping before tidal. */
export function windowOrder(order: CompiledOrder, window: { code: string; lines: readonly WindowLine[] }): WindowOrder {
  const reserved = order.reserved[window.code];
  const all: Pass = { only: null, kind: "own" };
  return {
    window: window.code,
    lines: window.lines.map((line) => ({ ...line, waitOver: line.tier === 1 ? null : (order.tiers[line.tier].lines[line.code] ?? order.tiers[line.tier].waitOver) })).sort((a, b) => a.tier - b.tier),
    passes: !reserved ? [all] : reserved.only ? [{ only: reserved.classes, kind: "reserved" }] : [{ only: reserved.classes, kind: "reserved" }, all],
    inRow: Object.entries(order.inRow),
  };
}

/** The first of a line, as far as the order needs it. Equal ranks go by `id`, the order of issue. */
export interface Head {
  id: number;
  rank: number;
  class: string;
}

/** What the window sees at the moment of a call. */
export interface QueueView<H extends Head> {
  /** First waiting ticket of a line whose class is in `only` (null: any) and not in `except`. */
  head(lineId: number, only: readonly string[] | null, except: readonly string[]): H | undefined;
  /** First ticket that waits for this window alone. */
  targeted?(): H | undefined;
  /** 90 % wait of a line in minutes; undefined when it is not known: then the line is helped. */
  wait90?(lineId: number): number | undefined;
  /** Class of the window's n-th last call, 0 the last one; undefined before the first. */
  lastClass?(n: number): string | undefined;
}

export interface Choice<H extends Head> {
  head: H;
  lineId: number | undefined;
  order: CallOrder;
}

/** Classes that have had their most calls in a row at the window. */
export function exhausted(order: WindowOrder, view: Pick<QueueView<Head>, "lastClass">): string[] {
  if (order.inRow.length === 0 || !view.lastClass) return [];
  return order.inRow.filter(([code, most]) => {
    for (let n = 0; n < most; n++) if (view.lastClass!(n) !== code) return false;
    return true;
  }).map(([code]) => code);
}

const KINDS = { 1: "own", 2: "helping", 3: "tidal" } as const;

/**
 * Who is next at a window: the pass that finds somebody decides; within it the lowest tier, then the lowest rank, then the
 * lowest id. A class that has had its most calls in a row steps back, unless nobody else waits. Who was sent to this very
 * window counts as its own in every pass. Undefined when nobody may be called here.
 */
export function choose<H extends Head>(order: WindowOrder, view: QueueView<H>): Choice<H> | undefined {
  const except = exhausted(order, view);
  const targeted = view.targeted?.();
  for (const step of except.length > 0 ? [except, []] : [except]) for (const pass of order.passes) {
    const found = first(order, view, pass, step, targeted);
    if (found) return found;
  }
  return undefined;
}

function first<H extends Head>(order: WindowOrder, view: QueueView<H>, pass: Pass, except: readonly string[], targeted: H | undefined): Choice<H> | undefined {
  let best: Choice<H> | undefined = targeted && { head: targeted, lineId: undefined, order: "targeted" };
  let tier = 1;
  for (const line of order.lines) {
    if (best && line.tier > tier) break;
    if (line.waitOver !== null && (view.wait90?.(line.id) ?? Infinity) <= line.waitOver) continue;
    const head = view.head(line.id, pass.only, except);
    if (!head || (best && (head.rank > best.head.rank || (head.rank === best.head.rank && head.id > best.head.id)))) continue;
    best = { head, lineId: line.id, order: pass.kind === "reserved" ? "reserved" : KINDS[line.tier] };
    tier = line.tier;
  }
  return best;
}
