/** Who is next at a simulated window: by the compiled calling policy itself, or by a plain discipline. Pure. */
import { choose, type CompiledPolicy, type Head, type QueueView, windowOrder, type WindowOrder } from "../policy/order";
import { type Chains, NONE, type Visitors } from "./lists";

export interface SimulatedClass {
  code: string;
  /** Minutes by which it counts as having come earlier (discipline "credit"). */
  credit?: number;
  /** The smallest goes first (discipline "priority"); without one it goes last. */
  priority?: number;
}

export interface SimulatedWindow {
  code: string;
  /** Lines by number: own, helped, helped at peak times. */
  tiers: readonly (readonly number[])[];
  /** From and until in minutes, in order, apart from each other; absent: always open. A service that runs is finished. */
  open?: readonly (readonly [from: number, until: number])[];
}

/** First come first served · arrival less credit · strict classes · the hall's own policy. */
export type Discipline = "fifo" | "credit" | "priority" | CompiledPolicy;

export interface OrderInput {
  lines: readonly { code: string }[];
  classes: readonly SimulatedClass[];
  windows: readonly SimulatedWindow[];
  discipline: Discipline;
}

const MINUTE_MS = 60_000;

/** Credit in minutes that the discipline gives to each class. */
export const creditsOf = ({ classes, discipline }: Pick<OrderInput, "classes" | "discipline">): Float64Array =>
  Float64Array.from(classes, (known) => (typeof discipline === "object" ? (discipline.credits[known.code] ?? 0) / MINUTE_MS : discipline === "credit" ? (known.credit ?? 0) : 0));

export interface Chooser {
  /** Chain (line × classes + class) that the window calls next, or NONE. */
  next(window: number): number;
  /** Told of every call. */
  called(window: number, kind: number): void;
  clear(): void;
  /** Whether helping depends on how long a line waits. */
  readonly conditional: boolean;
}

/** 90 % wait of a line as the hall would tell it now, minutes. */
export type Wait90 = (line: number) => number;

/** A policy without conditions on helping, reserved windows or most calls in a row: within a tier the lowest rank goes first. */
const plain = (order: WindowOrder): boolean => order.inRow.length === 0 && order.passes.length === 1 && order.passes[0]!.only === null && order.lines.every((line) => line.waitOver === null);

/** `exact` forces the policy's own code where the shortcut for plain rules would do; a test holds the two together. */
export function chooserOf(input: OrderInput, visitors: Visitors, chains: Chains, wait90: Wait90, exact = false): Chooser {
  const { discipline } = input;
  if (typeof discipline === "string") return byRank(input, chains, discipline === "priority" ? input.classes.map((known) => known.priority ?? Infinity) : undefined);
  const orders = input.windows.map((window) => windowOrder(discipline.order, {
    code: window.code, lines: window.tiers.flatMap((lines, tier) => lines.map((line) => ({ id: line, code: input.lines[line]!.code, tier: Math.min(3, tier + 1) as 1 | 2 | 3 }))),
  }));
  return orders.every(plain) && !exact ? byRank(input, chains) : byPolicy(input, orders, visitors, chains, wait90);
}

function byRank({ classes, windows }: OrderInput, chains: Chains, priorities?: readonly number[]): Chooser {
  const { headRank } = chains;
  const levels = priorities ? [...new Set(priorities)].sort((a, b) => a - b) : [0];
  // Groups of chains, each looked at only when the ones before it are empty: tier by tier, most important class first.
  const groups = windows.map((window) => window.tiers.flatMap((lines) => levels.map((level) =>
    Int32Array.from(lines.flatMap((line) => classes.flatMap((_, kind) => (!priorities || priorities[kind] === level ? [line * classes.length + kind] : []))))).filter((group) => group.length > 0)));
  return {
    conditional: false,
    clear() {},
    called() {},
    next(window) {
      const mine = groups[window]!;
      for (let i = 0; i < mine.length; i++) {
        const group = mine[i]!;
        let best = NONE;
        let rank = Infinity;
        for (let j = 0; j < group.length; j++) {
          const chain = group[j]!;
          if (headRank[chain]! < rank) {
            rank = headRank[chain]!;
            best = chain;
          }
        }
        if (best !== NONE) return best;
      }
      return NONE;
    },
  };
}

interface ChainHead extends Head {
  chain: number;
}

/** Asks `choose` of the calling policy, with the chains as its view of the hall. */
function byPolicy({ classes, windows }: OrderInput, orders: readonly WindowOrder[], visitors: Visitors, chains: Chains, wait90: Wait90): Chooser {
  const count = classes.length;
  const heads = Array.from({ length: chains.head.length }, (_, chain): ChainHead => ({ id: 0, rank: 0, class: classes[chain % count]!.code, chain }));
  const kept = Math.max(0, ...orders.flatMap((order) => order.inRow.map(([, most]) => most)));
  const last = windows.map((): string[] => []);
  const views = windows.map((_, window): QueueView<ChainHead> => ({
    head(line, only, except) {
      let best: ChainHead | undefined;
      for (let kind = 0; kind < count; kind++) {
        const chain = line * count + kind;
        const slot = chains.head[chain]!;
        const head = heads[chain]!;
        if (slot === NONE || (only && !only.includes(head.class)) || (except.length > 0 && except.includes(head.class))) continue;
        head.rank = visitors.rank[slot]!;
        head.id = visitors.number[slot]!;
        if (!best || head.rank < best.rank || (head.rank === best.rank && head.id < best.id)) best = head;
      }
      return best;
    },
    wait90,
    lastClass: (n) => last[window]![n],
  }));
  return {
    conditional: orders.some((order) => order.lines.some((line) => line.waitOver !== null)),
    clear: () => last.forEach((list) => (list.length = 0)),
    called(window, kind) {
      if (kept === 0) return;
      const list = last[window]!;
      list.unshift(classes[kind]!.code);
      if (list.length > kept) list.pop();
    },
    next: (window) => choose(orders[window]!, views[window]!)?.head.chain ?? NONE,
  };
}
