/**
 * The calling policy of a hall, version 1: who goes first and why. Pure: no clock and no I/O, so that the live queue,
 * the simulator and the what-if run the same code.
 *
 * A ticket's rank is its virtual arrival time: the real arrival less the credit of its class in minutes. The lowest
 * rank goes first. Because credits are bounded, a ticket is overtaken only by those who arrive within the largest
 * credit after it: nobody starves (`overtakingBoundMinutes`).
 */
import type { PolicyDocument, TicketClass } from "./schema";

export type RankRule = "arrival" | "credit" | "returned" | "transferred" | "by_number";

/** The class of a booked visitor who comes on time (JY-7.2.2b); a policy without it gives no credit for a booking. */
export const BOOKED_CLASS = "booked";

export const classOf = (policy: PolicyDocument, code: string): TicketClass | undefined => policy.classes.find((known) => known.code === code);

/** Credit of a class in minutes and the rule that explains the rank. */
export function creditOf(policy: PolicyDocument, code: string): { minutes: number; rule: RankRule } {
  const minutes = classOf(policy, code)?.creditMinutes ?? 0;
  return { minutes, rule: minutes > 0 ? "credit" : "arrival" };
}

/** Only tickets issued less than this many minutes later can be called before a regular one. */
export const overtakingBoundMinutes = (policy: PolicyDocument): number => Math.max(0, ...policy.classes.map((known) => known.creditMinutes));

/** The class a visitor has by age on the business day; the one with the highest credit wins. */
export function classByAge(policy: PolicyDocument, age: number): TicketClass | undefined {
  return policy.classes
    .filter((known) => known.minAge !== undefined && age >= known.minAge)
    .sort((a, b) => b.creditMinutes - a.creditMinutes)[0];
}

/** May the call be repeated now? Seconds since the last call decide, and the number of calls so far. */
export function recallVerdict(policy: PolicyDocument, calls: number, secondsSinceCall: number): "ok" | "recall_limit" | "recall_too_soon" {
  if (calls >= policy.calls.max) return "recall_limit";
  return secondsSinceCall < policy.calls.pauseSeconds ? "recall_too_soon" : "ok";
}
