/** A first honest estimate of a wait: people ahead, windows at work, service times as measured. Pure. */
import type { Estimate } from "../ticket/schema";

export interface WaitInput {
  /** Waiting before this ticket. */
  ahead: number;
  /** Windows that serve the line, those shared with other lines counted in part. */
  servers: number;
  /** Of these, windows that are free right now. */
  idle: number;
  /** Mean service time in minutes. */
  minutes: number;
  /** Coefficient of variation of the service time. */
  cv: number;
}

const Z90 = 1.2816;

/**
 * Median and 90 % quantile of the wait in whole minutes, or undefined when no window serves the line.
 * While `servers` windows work all the time, the ticket is called at the k-th end of a service, k = ahead + 1 − idle:
 * a sum of k intervals of mean minutes/servers, taken as gamma and read off by Wilson and Hilferty (1931).
 */
export function estimateWait({ ahead, servers, idle, minutes, cv }: WaitInput): Estimate | undefined {
  if (servers <= 0) return undefined;
  const ends = ahead + 1 - Math.floor(idle);
  if (ends <= 0) return { p50: 0, p90: 1 };
  const mean = (ends * minutes) / servers;
  const shape = ends / (cv * cv);
  const quantile = (z: number) => mean * Math.max(0, 1 - 1 / (9 * shape) + z / Math.sqrt(9 * shape)) ** 3;
  const p50 = Math.round(quantile(0));
  return { p50, p90: Math.max(p50 + 1, Math.ceil(quantile(Z90))) };
}

export interface WindowShare {
  /** Lines of the window with their tier and how many wait in each. */
  lines: { lineId: number; tier: number; waiting: number }[];
  busy: boolean;
}

/**
 * How much of the open windows works for a line. A window divides itself between those of its own lines where somebody
 * waits; a line that it helps shares it with all of them.
 */
export function serversOf(lineId: number, windows: WindowShare[]): { servers: number; idle: number } {
  let servers = 0;
  let idle = 0;
  for (const window of windows) {
    const mine = window.lines.find((line) => line.lineId === lineId);
    if (!mine) continue;
    // Lines of the same or a better tier where somebody waits take their part of the window.
    const rivals = window.lines.filter((line) => line.tier <= mine.tier && line.lineId !== lineId && line.waiting > 0).length;
    servers += 1 / (rivals + 1);
    if (!window.busy && rivals === 0) idle += 1;
  }
  return { servers, idle };
}
