/** What a hall knows of its lines and windows at a moment, from the numbers taken, calls and ends so far. Pure but for its own state. */
import { Mean, Recent } from "../learn/regression";
import { Remaining } from "./remaining";
import type { TraceRow } from "./schema";

/** A line and class: visitors of one group are called in the order in which they came. */
export interface Group {
  key: string;
  index: number;
  line: Line;
  /** Waiting, oldest first, from `head` on; those before a called one count as skipped. */
  pending: number[];
  head: number;
  waiting: number;
  /** Skipped and not called since; the share of skipped ones that are called after all. */
  skipped: number;
  skips: number;
  comebacks: number;
  pace: { fast: Mean; slow: Mean; lastCall: number };
  waits: Mean;
  level: Mean;
}

export interface Line {
  name: string;
  groups: Group[];
  windows: Set<Window>;
  pace: { fast: Mean; slow: Mean; lastCall: number };
  /** Calls of all windows that serve the line, of whatever line. */
  shared: { fast: Mean; slow: Mean; lastCall: number };
  last10: Recent;
  waits: Mean;
  profile: Mean[];
  today: { day: string; mean: Mean };
  yesterday: number | null;
}

export interface Window {
  name: string;
  lines: Set<Line>;
  ticket: number | null;
  since: number;
  lastSeen: number;
}

/** Beyond so many, classes are not told apart any more: a column that names people is no class. */
const MOST_GROUPS = 200;

const pace = () => ({ fast: new Mean(12), slow: new Mean(1_000), lastCall: -Infinity });

export class HallState {
  readonly groups: Group[] = [];
  readonly lines = new Map<string, Line>();
  readonly windows = new Map<string, Window>();
  readonly service = new Mean(2_000);
  readonly remaining = new Remaining();
  readonly gap = new Mean(2_000);
  readonly waits = new Mean(2_000);
  day = "";
  private readonly byKey = new Map<string, Group>();
  /** Per pair of groups: how often a later one of the first was called before an earlier one of the second, and how often not. */
  private readonly overtakes = new Map<number, Mean>();
  private readonly at: (Group | null)[] = [];
  private readonly windowOf: (Window | null)[] = [];
  private lastEvent = -Infinity;

  constructor(private readonly rows: readonly TraceRow[]) {}

  line(name: string): Line {
    const known = this.lines.get(name);
    if (known) return known;
    const line: Line = { name, groups: [], windows: new Set(), pace: pace(), shared: pace(), last10: new Recent(10), waits: new Mean(100), profile: Array.from({ length: 24 }, () => new Mean(200)), today: { day: "", mean: new Mean(1e9) }, yesterday: null };
    this.lines.set(name, line);
    return line;
  }

  group(row: TraceRow): Group {
    const key = `${row.line}\u0000${this.groups.length < MOST_GROUPS ? row.class : ""}`;
    const known = this.byKey.get(key);
    if (known) return known;
    const line = this.line(row.line);
    const group: Group = { key, index: this.groups.length, line, pending: [], head: 0, waiting: 0, skipped: 0, skips: 0, comebacks: 0, pace: pace(), waits: new Mean(60), level: new Mean(2_000) };
    this.groups.push(group);
    line.groups.push(group);
    this.byKey.set(key, group);
    return group;
  }

  /** A night between two days empties the lines: who was not called has gone. */
  newDay(row: TraceRow): void {
    if (row.day !== this.day && row.issuedAt - this.lastEvent > 120) {
      for (const group of this.groups) Object.assign(group, { pending: [], head: 0, waiting: 0, skipped: 0 });
      for (const window of this.windows.values()) window.ticket = null;
    }
    this.day = row.day;
  }

  issue(index: number): void {
    const group = this.group(this.rows[index]!);
    group.pending.push(index);
    group.waiting += 1;
    this.at[index] = group;
    this.lastEvent = this.rows[index]!.issuedAt;
  }

  call(index: number): void {
    const row = this.rows[index]!;
    const now = row.calledAt!;
    const group = this.at[index] ?? this.group(row);
    const window = this.windowFor(row);
    this.lastEvent = now;
    window.lines.add(group.line);
    group.line.windows.add(window);
    this.learnOvertaking(group, window, row);
    this.learnPace(group, window, row, now);
    this.leaveLine(group, index);
    window.ticket = index;
    window.since = now;
    window.lastSeen = now;
    this.windowOf[index] = window;
    this.learnWait(group, row);
  }

  finish(index: number): void {
    const row = this.rows[index]!;
    const window = this.windowOf[index];
    this.lastEvent = row.finishedAt!;
    const service = Math.max(0, row.finishedAt! - row.calledAt!);
    this.remaining.add(service, this.service.or(service));
    this.service.add(service);
    if (window?.ticket === index) {
      window.ticket = null;
      window.lastSeen = row.finishedAt!;
    }
  }

  /** A visitor whose leaving is on record. */
  leave(index: number): void {
    const group = this.at[index];
    if (!group) return;
    const place = group.pending.indexOf(index, group.head);
    if (place < 0) return;
    group.pending.splice(place, 1);
    group.waiting -= 1;
  }

  /** Believed to be waiting in a group: those not overtaken, and of the overtaken ones the share that used to come back. */
  believed(group: Group): number {
    return group.waiting + (group.skipped > 0 ? (group.skipped * group.comebacks) / (group.skips + 4) : 0);
  }

  /** How probably a later one of `first` is called before an earlier one of `second`; 0 where nothing is known: first come, first served. */
  overtaking(first: Group, second: Group): number {
    const known = this.overtakes.get(first.index * 4_096 + second.index);
    return known ? (known.value * known.seen) / (known.seen + 2) : 0;
  }

  /** Those waiting that will be called before a newcomer of the group, counting all lines that share a window with it. */
  ahead(group: Group): number {
    let sum = this.believed(group);
    for (const other of this.groups) {
      if (other === group || other.waiting + other.skipped === 0) continue;
      if (other.line !== group.line && !shareWindow(other.line, group.line)) continue;
      sum += this.believed(other) * (1 - this.overtaking(group, other));
    }
    return sum;
  }

  private windowFor(row: TraceRow): Window {
    let name = row.window;
    // Without names the services in progress are numbered: the lowest free number takes the next.
    if (name === "") for (let number = 1; ; number += 1) {
      name = `#${number}`;
      if (!this.windows.has(name) || this.windows.get(name)!.ticket === null) break;
    }
    const known = this.windows.get(name);
    if (known) return known;
    const window: Window = { name, lines: new Set(), ticket: null, since: 0, lastSeen: -Infinity };
    this.windows.set(name, window);
    return window;
  }

  private learnOvertaking(group: Group, window: Window, row: TraceRow): void {
    for (const line of window.lines) for (const other of line.groups) {
      if (other === group || other.waiting === 0) continue;
      const head = this.rows[other.pending[other.head]!]!;
      const later = row.issuedAt > head.issuedAt;
      const key = later ? group.index * 4_096 + other.index : other.index * 4_096 + group.index;
      let known = this.overtakes.get(key);
      if (!known) this.overtakes.set(key, (known = new Mean(400)));
      known.add(later ? 1 : 0);
    }
  }

  private learnPace(group: Group, window: Window, row: TraceRow, now: number): void {
    // Only while somebody waited all the time: the headway of a line that works through its queue.
    const headway = (of: { fast: Mean; slow: Mean; lastCall: number }) => {
      if (row.issuedAt < of.lastCall && now - of.lastCall < 240) {
        of.fast.add(now - of.lastCall);
        of.slow.add(now - of.lastCall);
      }
      of.lastCall = now;
    };
    headway(group.pace);
    headway(group.line.pace);
    for (const line of window.lines) headway(line.shared);
    if (window.ticket === null && row.issuedAt < window.lastSeen && now - window.lastSeen < 60) this.gap.add(now - window.lastSeen);
  }

  private leaveLine(group: Group, index: number): void {
    const place = group.pending.indexOf(index, group.head);
    if (place < 0) {
      if (group.skipped > 0) group.skipped -= 1;
      group.comebacks += 1;
      return;
    }
    const passed = place - group.head;
    group.skips += passed;
    group.skipped += passed;
    group.waiting -= passed + 1;
    group.head = place + 1;
    if (group.head > 512) {
      group.pending = group.pending.slice(group.head);
      group.head = 0;
    }
  }

  private learnWait(group: Group, row: TraceRow): void {
    const { line } = group;
    const wait = row.calledAt! - row.issuedAt;
    if (line.today.day !== row.day) {
      if (line.today.mean.seen > 0) line.yesterday = line.today.mean.value;
      line.today = { day: row.day, mean: new Mean(1e9) };
    }
    line.today.mean.add(wait);
    line.last10.add(wait);
    line.waits.add(wait);
    line.profile[row.hour]!.add(wait);
    group.waits.add(wait);
    group.level.add(wait);
    this.waits.add(wait);
  }
}

export function shareWindow(first: Line, second: Line): boolean {
  for (const window of first.windows) if (second.windows.has(window)) return true;
  return false;
}
