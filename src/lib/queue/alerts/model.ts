/** Waits that are too long (等待预警, BG-C09c): from when, how bad, and who hears of it. Pure. */

export type Severity = "long" | "too_long";

/** How far an alert has gone: guides and administrators of the hall, its leaders, the authority above. */
export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

export interface LineWait {
  line: number;
  /** Longest wait in minutes, its number, and how many wait longer than the first limit. */
  minutes: number;
  number: string;
  over: number;
}

export interface RunningAlert {
  id: number;
  line: number;
  severity: Severity;
  level: Level;
  /** Minutes since it reached its level, and whether somebody has taken it up. */
  atLevel: number;
  acknowledged: boolean;
}

export interface AlertLimits {
  longMinutes: number;
  tooLongMinutes: number;
  /** An alert that nobody takes up goes one level higher after so many minutes. */
  escalateMinutes: number;
}

export type AlertStep =
  | { do: "raise"; wait: LineWait; severity: Severity }
  | { do: "update"; id: number; wait: LineWait }
  | { do: "escalate"; id: number; wait: LineWait; severity: Severity; level: Level }
  | { do: "end"; id: number };

const severityOf = (minutes: number, limits: AlertLimits): Severity | undefined => (minutes >= limits.tooLongMinutes ? "too_long" : minutes >= limits.longMinutes ? "long" : undefined);

/**
 * What becomes of the alerts of a hall. A line gets one when somebody waits too long, and keeps it until nobody does. It goes up a
 * level when the wait gets worse or when nobody takes it up in time; who takes it up stops the clock, yet not a wait that gets worse.
 */
export function alertSteps(waits: readonly LineWait[], running: readonly RunningAlert[], limits: AlertLimits): AlertStep[] {
  const steps: AlertStep[] = [];
  for (const wait of waits) {
    const severity = severityOf(wait.minutes, limits);
    const known = running.find(({ line }) => line === wait.line);
    if (!severity) continue;
    if (!known) steps.push({ do: "raise", wait, severity });
    else {
      const worse = severity === "too_long" && known.severity === "long";
      const late = !known.acknowledged && known.atLevel >= limits.escalateMinutes && known.level < 3;
      if (worse || late) steps.push({ do: "escalate", id: known.id, wait, severity: worse ? severity : known.severity, level: Math.min(3, known.level + 1) as Level });
      else steps.push({ do: "update", id: known.id, wait });
    }
  }
  for (const alert of running) if (!waits.some((wait) => wait.line === alert.line && severityOf(wait.minutes, limits))) steps.push({ do: "end", id: alert.id });
  return steps;
}
