/**
 * Tidal windows now (JY-6.3a, JY-6.3c): what opening, closing or retargeting a window would do to the waits of the next hour,
 * by simulating the hall as it is with and without the change, with the same visitors. Pure: no clock, no I/O.
 */
import type { HallModel } from "@/lib/queue/simulate/hall";
import { Simulation } from "@/lib/queue/simulate/model";

export type AdviceKind = "open" | "close" | "move" | "restore";

/** A window as it is now; lines are numbers of the simulated hall. */
export interface WindowState {
  code: string;
  state: "closed" | "open" | "paused";
  /** Somebody is at the window. */
  busy: boolean;
  own: readonly number[];
  helping: readonly number[];
  tidal: readonly number[];
  /** Lines before a tidal change that still runs. */
  usual?: { own: readonly number[]; helping: readonly number[] };
  /** Minutes since its state, its lines or the advice about it last changed. */
  unchanged: number;
  /** Minutes without anybody at it. */
  idle: number;
  /** Minutes until it closes by its hours. */
  left: number;
  /** A person who could open it now. */
  staff?: number;
}

export interface Rules {
  /** Least gain in 90 % wait, minutes. */
  costMinutes: number;
  quietMinutes: number;
  horizonMinutes: number;
  /** A 90 % wait that is long, minutes: no window is closed or taken away when that would come of it. */
  longMinutes: number;
}

export interface Candidate {
  kind: AdviceKind;
  /** Number of the window. */
  window: number;
  own: readonly number[];
  helping: readonly number[];
  /** Lines whose waits decide. */
  focus: readonly number[];
  /** Own lines that a moved window leaves to others. */
  left: readonly number[];
  /** Minutes until the window closes by its hours. */
  until: number;
}

/** A free window that nobody has come to for this long may be closed, minutes. */
const IDLE = 15;
/** A window that closes sooner by its hours is not opened, and not moved, minutes. */
const WORTH = 30;

const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && [...a].sort().join() === [...b].sort().join();

/**
 * What may be done at all: windows that have been let alone for the quiet time, closed ones that somebody can open, open ones that
 * can serve a line where people wait, and free ones that their lines can spare. A paused window is a break and stays one.
 * Of windows that are alike one is looked at.
 */
export function candidatesOf(windows: readonly WindowState[], waiting: readonly number[], rules: Rules): Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set<string>();
  const add = (candidate: Candidate, free: boolean) => {
    const key = `${candidate.kind}|${candidate.own.join()}|${candidate.helping.join()}|${candidate.left.join()}|${free}`;
    if (!seen.has(key)) found.push(candidate);
    seen.add(key);
  };
  const atWork = (line: number): number => windows.filter(({ state, own }) => state === "open" && own.includes(line)).length;
  windows.forEach((window, number) => {
    if (window.unchanged < rules.quietMinutes) return;
    const base = { window: number, own: window.own, helping: window.helping, left: [], until: window.left };
    if (window.state === "closed" && window.staff !== undefined && window.left >= WORTH && window.own.length > 0) add({ ...base, kind: "open", focus: window.own }, true);
    if (window.state !== "open") return;
    if (window.usual) add({ ...base, kind: "restore", own: window.usual.own, helping: window.usual.helping, focus: [...new Set([...window.own, ...window.usual.own])], left: window.own.filter((line) => !window.usual!.own.includes(line)) }, !window.busy);
    if (!window.busy && window.idle >= IDLE && window.own.every((line) => waiting[line] === 0 && atWork(line) > 1)) add({ ...base, kind: "close", focus: window.own }, true);
    if (window.left < WORTH) return;
    waiting.forEach((count, line) => {
      if (count === 0 || window.own.includes(line)) return;
      const own = [line];
      const helping = [...window.own, ...window.helping].filter((other) => other !== line);
      if (window.usual && same(own, window.usual.own)) return;
      add({ ...base, kind: "move", own, helping, focus: [...new Set([line, ...window.own])], left: window.own }, !window.busy);
    });
  });
  return found;
}

/** 90 % wait of who arrives, by steps of the time of arrival; the first figure is of those who wait already. Minutes. */
export interface Outlook {
  p90: number;
  curve: (number | null)[];
}
export interface Compared {
  without: Outlook;
  with: Outlook;
  /** 90 % wait of the lines that the window leaves, with the change. */
  leftP90: number;
}

export const STEP = 10;

interface Samples {
  line: number[];
  step: number[];
  wait: number[];
}

/** How long after the horizon its visitors are followed, minutes. */
const FOLLOWED = 480;

/** All waits of some futures. Who is not called within the time that is followed counts with the time until then. */
function sample(hall: HallModel, runs: number, seed: number, horizon: number): Samples {
  const samples: Samples = { line: [], step: [], wait: [] };
  const simulation = new Simulation(hall);
  const end = horizon + FOLLOWED;
  for (let run = 0; run < runs; run++) {
    const called = new Uint8Array(hall.visits?.length ?? 0);
    const note = (wait: number, line: number, ref: number) => {
      if (ref >= 0) called[ref] = 1;
      const arrival = simulation.now - wait;
      samples.line.push(line);
      samples.step.push(arrival <= 0 ? 0 : 1 + Math.floor(arrival / STEP));
      samples.wait.push(wait);
    };
    simulation.start(seed, run, { called: (wait, _kind, ref, _window, line) => note(wait, line, ref), gaveUp: (wait, _kind, ref, line) => note(wait, line, ref) }, horizon);
    simulation.advance(Infinity, end);
    hall.visits?.forEach((visit, ref) => {
      if (called[ref]) return;
      samples.line.push(visit.line);
      samples.step.push(0);
      samples.wait.push(end - visit.at);
    });
    simulation.waiting((at, line, ref) => {
      if (ref >= 0) return;
      samples.line.push(line);
      samples.step.push(1 + Math.floor(at / STEP));
      samples.wait.push(end - at);
    });
  }
  return samples;
}

const p90Of = (waits: number[]): number | null => (waits.length === 0 ? null : waits.sort((a, b) => a - b)[Math.min(waits.length - 1, Math.floor(0.9 * waits.length))]!);

function outlook({ line, step, wait }: Samples, focus: readonly number[], horizon: number): Outlook {
  const steps = Array.from({ length: 1 + Math.ceil(horizon / STEP) }, (): number[] => []);
  const all: number[] = [];
  wait.forEach((minutes, i) => {
    if (!focus.includes(line[i]!)) return;
    all.push(minutes);
    steps[step[i]!]?.push(minutes);
  });
  return { p90: p90Of(all) ?? 0, curve: steps.map(p90Of) };
}

/** The hall after a change; a window that is opened begins `READY` minutes from now. */
const READY = 2;
function changed(hall: HallModel, { kind, window: number, own, helping, until }: Candidate): HallModel {
  const windows = hall.windows.map((window, index) => {
    if (index !== number) return window;
    const tiers = [own, helping, (window.tiers[2] ?? []).filter((line) => !own.includes(line) && !helping.includes(line))];
    return kind === "close" ? { ...window, open: [] } : kind === "open" ? { ...window, tiers, open: [[READY, Math.max(until, READY + 1)] as const] } : { ...window, tiers };
  });
  return { ...hall, windows };
}

/** Simulates the hall as it is and with each change. For a thread: input and output are plain data. */
export function compareChanges(hall: HallModel, candidates: readonly Candidate[], { runs, seed, horizon }: { runs: number; seed: number; horizon: number }): Compared[] {
  const base = sample(hall, runs, seed, horizon);
  return candidates.map((candidate) => {
    const after = sample(changed(hall, candidate), runs, seed, horizon);
    return { without: outlook(base, candidate.focus, horizon), with: outlook(after, candidate.focus, horizon), leftP90: candidate.left.length === 0 ? 0 : outlook(after, candidate.left, horizon).p90 };
  });
}

export interface Proposal extends Candidate {
  gain: number;
  compared: Compared;
}

/** Most pieces of advice at once: after one is done, the next ones see another hall. */
const MOST = 3;

/**
 * What is worth proposing: the greatest gain in 90 % wait first, above the cost, each line once. A window leaves its lines only when
 * these stay below a long wait. Closing, and giving back what a tidal change took, may cost waits, at most half of what opening
 * must gain, so that no window is opened and closed in turn; and neither is proposed while something else would help.
 */
export function proposalsOf(candidates: readonly Candidate[], compared: readonly Compared[], rules: Rules): Proposal[] {
  const all = candidates.map((candidate, i): Proposal => ({ ...candidate, compared: compared[i]!, gain: compared[i]!.without.p90 - compared[i]!.with.p90 }));
  const taken = new Set<number>();
  const chosen: Proposal[] = [];
  const choose = (list: Proposal[]) => {
    for (const proposal of list.sort((a, b) => b.gain - a.gain || a.window - b.window)) {
      if (chosen.length >= MOST || proposal.focus.some((line) => taken.has(line)) || chosen.some(({ window }) => window === proposal.window)) continue;
      proposal.focus.forEach((line) => taken.add(line));
      chosen.push(proposal);
    }
  };
  choose(all.filter(({ kind, gain, compared: { leftP90, without } }) => kind !== "close" && gain > rules.costMinutes && leftP90 <= Math.max(rules.longMinutes, kind === "open" ? without.p90 : 0)));
  if (chosen.length === 0) for (const kind of ["restore", "close"]) choose(all.filter((each) => each.kind === kind && each.gain >= -rules.costMinutes / 2 && (kind === "restore" || each.compared.with.p90 < rules.longMinutes / 2)));
  return chosen;
}
