/** Halls of the back-tests: exact theory, shared windows with priorities, days with a profile and leavers, a call log. */
import { lognormal, normal, seeded } from "@/simulate/randomness";
import { exponential, type HallPlan, one, simulateTrace, type SimulatedTrace, windowsOf } from "./traces";

/** M/M/6 with mean service 6 minutes at 90 % load. */
export const mm6 = (customers: number, seed: number): SimulatedTrace => simulateTrace({
  days: 1, minutes: customers / 0.9, peak: 0.9, rate: () => 0.9, kind: one(), service: (random) => exponential(random, 6), windows: () => SIX, endless: true,
}, seed);
const SIX = windowsOf(6);

/** Two lines that share two of four windows; older persons count as 15 minutes earlier; lognormal services; 12 days. */
export const sharedWindows = (seed: number): SimulatedTrace => simulateTrace({
  days: 12, minutes: 480, peak: 0.5, rate: () => 0.42,
  kind: (random) => ({ line: random() < 0.6 ? "A" : "B", class: random() < 0.2 ? "older" : "regular" }),
  service: (random, { line }) => lognormal(random, line === "A" ? 7 : 11, 0.7),
  windows: () => SHARED, credit: (kind) => (kind.class === "older" ? 15 : 0),
}, seed);
const SHARED = [{ name: "W1", lines: ["A"] }, { name: "W2", lines: ["A", "B"] }, { name: "W3", lines: ["A", "B"] }, { name: "W4", lines: ["B"] }];

/** 20 days with a morning peak, windows that change by the hour, lognormal services, and visitors who leave. */
export const dayProfile = (seed: number): SimulatedTrace => simulateTrace({
  days: 20, minutes: 510, peak: 1.1,
  rate: (minute) => [0.7, 1.0, 1.05, 0.8, 0.4, 0.6, 0.8, 0.7, 0.3][Math.min(8, Math.floor(minute / 60))]!,
  kind: one(), service: (random) => lognormal(random, 7, 0.8),
  windows: (minute) => PROFILE[Math.min(8, Math.floor(minute / 60))]!, patience: (random) => exponential(random, 60),
}, seed);
const PROFILE = [4, 6, 6, 6, 4, 3, 6, 6, 4].map((count) => windowsOf(count));

/** 30 days of a small call centre of which only the delayed are on record: short waits, impatient, two priorities, good and bad days. */
export function callLog(seed: number): SimulatedTrace {
  const days = seeded(seed + 1);
  const load = Array.from({ length: 30 }, () => Math.exp(0.12 * normal(days)));
  const agents = Array.from({ length: 30 }, () => (days() < 0.25 ? -1 : 0));
  const plan: HallPlan = {
    days: 30, minutes: 900, peak: 4,
    rate: (minute, day) => load[day]! * [1, 1.9, 2.5, 2.7, 2.6, 2.2, 2.0, 2.1, 2.2, 2.0, 1.6, 1.4, 1.2, 1.0, 0.7][Math.min(14, Math.floor(minute / 60))]!,
    kind: (random) => ({ line: "PS", class: random() < 0.3 ? "2" : "0" }), service: (random) => lognormal(random, 3.1, 1.2),
    windows: (minute, day) => AGENTS[Math.max(2, [4, 7, 8, 9, 9, 8, 7, 7, 7, 7, 6, 5, 5, 4, 3][Math.min(14, Math.floor(minute / 60))]! + agents[day]!)]!,
    credit: (kind) => (kind.class === "2" ? 1.5 : 0), patience: (random) => exponential(random, 7),
  };
  const all = simulateTrace(plan, seed);
  const kept = all.rows.map((row, index) => index).filter((index) => all.rows[index]!.calledAt !== null && all.rows[index]!.calledAt! > all.rows[index]!.issuedAt);
  return { rows: kept.map((index) => all.rows[index]!), ahead: kept.map((index) => all.ahead[index]!), delayed: kept.map(() => true) };
}
const AGENTS = Array.from({ length: 12 }, (_, count) => windowsOf(count, ["PS"]));

/** Two classes at six windows at 88 % load, the first always before the second. */
export const priorities = (seed: number): SimulatedTrace => simulateTrace({
  days: 1, minutes: 18_000, peak: 0.88, rate: () => 0.88, kind: (random) => ({ line: "A", class: random() < 0.3 ? "older" : "regular" }), service: (random) => exponential(random, 6),
  windows: () => SIX, credit: (kind) => (kind.class === "older" ? 1e6 : 0), endless: true,
}, seed);
