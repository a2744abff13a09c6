import { lognormal, normal, pickWeighted, seeded } from "./randomness";

/** Minutes of the simulated day, from midnight. */
export const DAY = { open: 8 * 60 + 30, close: 17 * 60 + 30 } as const;
const LATE_OPENING = 9 * 60 + 30;

export interface SimItem {
  code: string;
  line: string;
  minutes: number;
  popular: boolean;
}

export interface SimWindow {
  code: string;
  lines: string[];
  /** Own lines of the window; the others it helps. */
  own: string[];
}

export interface Visitor {
  at: number;
  item: SimItem;
  channel: "kiosk" | "guide" | "phone";
  class: string;
  serviceMinutes: number;
  /** Is not there when called for the first time. */
  noShow: boolean;
  /** … and comes back to the hall afterwards. */
  comesBack: boolean;
  /** Line to which the clerk moves the case, with the service time there. */
  transfer?: { line: string; minutes: number };
}

export interface WindowDay {
  window: SimWindow;
  opens: number;
  lunch: { from: number; to: number };
}

export interface DayPlan {
  visitors: Visitor[];
  windows: WindowDay[];
}

const SERVICE_CV = 0.6;

/** Two peaks, at 10:00 and 14:45, on a low floor; minutes from midnight within opening. */
function arrival(random: () => number): number {
  for (;;) {
    const kind = random();
    const at = kind < 0.5 ? 600 + 45 * normal(random) : kind < 0.88 ? 885 + 45 * normal(random) : DAY.open + random() * (DAY.close - DAY.open);
    if (at >= DAY.open && at < DAY.close - 20) return at;
  }
}

/**
 * A day's visitors and window hours: lines in proportion to their windows' capacity, items by popularity, lognormal
 * service, 6 % no-shows of whom half come back, 3 % transfers, lunch in two shifts, two windows that open late.
 */
export function planDay(items: SimItem[], windows: SimWindow[], visits: number, seed: number): DayPlan {
  const random = seeded(seed);
  const byLine = groupByLine(items);
  const lines = [...byLine.keys()].map((line) => {
    const mean = byLine.get(line)!.reduce((sum, item) => sum + item.minutes, 0) / byLine.get(line)!.length;
    const capacity = windows.reduce((sum, window) => sum + (window.own.includes(line) ? 1 / window.own.length : 0), 0);
    return { line, weight: capacity / mean };
  }).filter((line) => line.weight > 0);
  const visitors = Array.from({ length: visits }, (): Visitor => {
    const { line } = pickWeighted(random, lines, (each) => each.weight);
    const item = pickWeighted(random, byLine.get(line)!, (each) => (each.popular ? 5 : 1));
    const channel = random();
    const kind = random();
    const noShow = random() < 0.06;
    const visitor: Visitor = {
      at: arrival(random), item, channel: channel < 0.78 ? "kiosk" : channel < 0.9 ? "guide" : "phone",
      class: channel >= 0.9 ? "normal" : kind < 0.12 ? "elderly" : kind < 0.14 ? "disabled" : kind < 0.155 ? "pregnant" : kind < 0.165 ? "military" : "normal",
      serviceMinutes: Math.min(90, lognormal(random, item.minutes, SERVICE_CV)), noShow, comesBack: noShow && random() < 0.5,
    };
    if (!noShow && random() < 0.03) {
      const other = pickWeighted(random, lines.filter((each) => each.line !== line), (each) => each.weight);
      visitor.transfer = { line: other.line, minutes: lognormal(random, 6, SERVICE_CV) };
    }
    return visitor;
  }).sort((a, b) => a.at - b.at);
  return {
    visitors,
    windows: windows.map((window, index) => ({
      window, opens: index === 3 || index === 11 ? LATE_OPENING : DAY.open,
      lunch: index % 2 === 0 ? { from: 705, to: 750 } : { from: 750, to: 795 },
    })),
  };
}

function groupByLine(items: SimItem[]): Map<string, SimItem[]> {
  const groups = new Map<string, SimItem[]>();
  for (const item of items) groups.set(item.line, [...(groups.get(item.line) ?? []), item]);
  return groups;
}
