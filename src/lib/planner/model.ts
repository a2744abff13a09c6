/** Advice that follows from the hall as it is now. Pure: no clock, no I/O. */

export interface LineNow {
  code: string;
  waiting: number;
  /** 90 % wait in minutes of who takes a number now; undefined when no open window serves the line. */
  p90: number | undefined;
}

export interface WindowNow {
  code: string;
  /** `open` is free, `calling` and `serving` are at work. */
  state: "closed" | "open" | "paused" | "calling" | "serving";
  own: readonly string[];
  helping: readonly string[];
  /** Minutes in this state. */
  minutes: number;
}

export interface Advice {
  /** open a closed window · move a free one to the line · close one that has had nothing to do */
  kind: "open" | "move" | "close";
  window: string;
  line?: string;
  /** Figures of the reason. */
  waiting?: number;
  p90?: number;
  idleMinutes?: number;
}

export interface AdviceLimits {
  /** A 90 % wait from which a line needs help, minutes (domain.md section 4: 20 yellow). */
  longWait: number;
  /** A window free for longer is idle, minutes. */
  idle: number;
}

/**
 * What to do at once (JY-6.3c): a line that waits too long gets a closed window of its own, else a free window whose lines
 * nobody waits in; a window idle for long is closed when its lines keep another one. Longest wait first, each window once.
 */
export function adviseNow(lines: readonly LineNow[], windows: readonly WindowNow[], limits: AdviceLimits): Advice[] {
  const advice: Advice[] = [];
  const used = new Set<string>();
  const waiting = new Map(lines.map((line) => [line.code, line.waiting]));
  const nobodyWaits = (window: WindowNow) => window.own.every((code) => (waiting.get(code) ?? 0) === 0);
  const needs = lines.filter((line) => line.waiting > 0 && (line.p90 === undefined || line.p90 > limits.longWait)).sort((a, b) => (b.p90 ?? Infinity) - (a.p90 ?? Infinity));
  for (const line of needs) {
    const reason = { line: line.code, waiting: line.waiting, ...(line.p90 === undefined ? {} : { p90: line.p90 }) };
    const closed = windows.find((window) => !used.has(window.code) && (window.state === "closed" || window.state === "paused") && window.own.includes(line.code));
    const free = windows.find((window) => !used.has(window.code) && window.state === "open" && !window.own.includes(line.code) && nobodyWaits(window));
    const chosen = closed ?? free;
    if (!chosen) continue;
    used.add(chosen.code);
    advice.push({ kind: closed ? "open" : "move", window: chosen.code, ...reason });
  }
  if (needs.length > 0) return advice;
  const atWork = (code: string) => windows.filter((window) => window.state !== "closed" && window.state !== "paused" && !used.has(window.code) && window.own.includes(code)).length;
  for (const window of windows) {
    if (window.state !== "open" || window.minutes < limits.idle || !nobodyWaits(window) || window.own.some((code) => atWork(code) < 2)) continue;
    used.add(window.code);
    advice.push({ kind: "close", window: window.code, idleMinutes: Math.floor(window.minutes) });
  }
  return advice;
}
