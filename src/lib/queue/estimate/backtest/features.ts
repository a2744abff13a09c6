/** What is known of a newcomer's wait at the moment of issue, each as a wait in minutes. Pure. */
import { timeOfEnds } from "./remaining";
import type { Group, HallState } from "./state";
import type { TraceRow } from "./schema";

/** Names of the features, with the coefficient believed before any data. */
export const FEATURES = [
  ["queueByWindows", 0.4], ["queueShared", 0.3], ["queueSharedFast", 0.1], ["queueLine", 0], ["queueGroup", 0.1], ["queueGroupFast", 0],
  ["headOfLine", 0], ["lastServed", 0], ["last10", 0.05], ["groupRecent", 0.05], ["yesterday", 0], ["hour", 0], ["today", 0], ["level", 0], ["concave", 0], ["queueLength", 0], ["queueByAges", 0],
] as const;
export const PRIOR: readonly number[] = FEATURES.map(([, prior]) => prior);

export interface Situation {
  features: Float64Array;
  /** No one waits before it and a window that serves it stands free: another regime than that of a queue. */
  free: boolean;
  ahead: number;
  group: Group;
  /** Windows at work. */
  busy: number;
  /** Minutes between two calls that concern it. */
  headway: number;
  baselines: { hol: number | null; les: number | null; queueLength: number | null; meanOfLast10: number | null; yesterdayMean: number | null };
}

const CAP = 1_440;

/** The situation of row `row` before it takes its number. */
export function situationOf(state: HallState, rows: readonly TraceRow[], row: TraceRow): Situation {
  const group = state.group(row);
  const { line } = group;
  const now = row.issuedAt;
  const ahead = state.ahead(group);
  const service = state.service.or(5);
  const { busy, active, remaining } = windowsAtWork(state, group, now, service);
  const inGroup = state.believed(group);
  const inLine = line.groups.reduce((sum, each) => sum + state.believed(each), 0);
  const level = group.level.or(line.waits.or(state.waits.or(service)));
  const byWindows = (service + state.gap.or(0)) / Math.max(1, busy);
  const shared = line.shared.slow.or(byWindows);
  const oldest = oldestWait(group, rows, now);
  const yesterday = line.today.day < row.day && line.today.mean.seen > 0 ? line.today.mean.value : line.yesterday;
  const profile = line.profile[row.hour]!;
  const today = line.today.day === row.day ? line.today.mean : undefined;
  const free = ahead < 0.5 && busy < active;
  const queue = (ahead + 1) * byWindows;
  const queueLength = inLine === 0 && busy < active ? 0 : ((inLine + 1) * service) / Math.max(1, active);
  const features = Float64Array.of(
    queue, (ahead + 1) * shared, (ahead + 1) * line.shared.fast.or(shared), (inLine + 1) * line.pace.slow.or(shared), (inGroup + 1) * group.pace.slow.or(shared), (inGroup + 1) * group.pace.fast.or(shared),
    oldest, line.last10.last ?? level, line.last10.mean ?? level, group.waits.or(level), yesterday ?? level, shrunk(profile, level, 20), today ? shrunk(today, level, 10) : level, level, level * Math.log1p(queue / Math.max(level, 0.01)), queueLength, busy === 0 ? queue : timeOfEnds(remaining, service + state.gap.or(0), ahead + 1),
  );
  for (let index = 0; index < features.length; index += 1) features[index] = Math.min(CAP, Math.max(0, features[index]!));
  return {
    features, free, ahead, group, busy, headway: shared,
    baselines: {
      hol: line.last10.last === null ? null : headOfLine(group, rows, now), les: line.last10.last, meanOfLast10: line.last10.mean, yesterdayMean: yesterday,
      queueLength: state.service.seen === 0 ? null : queueLength,
    },
  };
}

/** A mean of few values leans on the level. */
const shrunk = (mean: { value: number; seen: number }, level: number, weight: number): number => (mean.value * mean.seen + level * weight) / (mean.seen + weight);

function windowsAtWork(state: HallState, group: Group, now: number, service: number): { busy: number; active: number; remaining: number[] } {
  let busy = 0;
  let active = 0;
  const remaining: number[] = [];
  for (const window of state.windows.values()) {
    if (!window.lines.has(group.line)) continue;
    if (window.ticket !== null && now - window.since < 20 * service + 60) {
      busy += 1;
      active += 1;
      remaining.push(state.remaining.after(now - window.since, service));
    } else if (now - window.lastSeen < 2 * service) active += 1;
  }
  return { busy, active, remaining };
}

function oldestWait(group: Group, rows: readonly TraceRow[], now: number): number {
  const head = group.pending[group.head];
  return head === undefined ? 0 : now - rows[head]!.issuedAt;
}

/** Elapsed wait of the one who has waited longest in the line; 0 for an empty one. */
function headOfLine(group: Group, rows: readonly TraceRow[], now: number): number {
  return Math.max(...group.line.groups.map((each) => oldestWait(each, rows, now)));
}
