import { existsSync, readFileSync } from "node:fs";
import { inThread } from "@/lib/kernel/threads";
import { backtest, predictTrace } from "@/lib/queue/estimate/backtest/model";
import type { TraceRow } from "@/lib/queue/estimate/backtest/schema";
import { foresee } from "@/lib/queue/estimate/live/model";
import { type HourRow, predictSeries, SERIES_BASELINES } from "@/lib/queue/estimate/series/model";
import type { HallModel, Visit } from "@/lib/queue/simulate/hall";
import { callLog, dayProfile, mm6, priorities, sharedWindows } from "../support/trace-halls";
import { median } from "./http-client";

const DATA = "../shared/data";
const HOUR_MS = 3_600_000;
const LIMIT_MS = 200;
const verdict = (met: boolean) => (met ? "met" : "MISSED");
const two = (value: number) => value.toFixed(2);

/** Errors of the estimates beside each simple answer, on real hours and simulated halls; and the time for 1,000 waiting tickets. */
export async function estimateBench(): Promise<void> {
  realSeries("Moers, mean wait per hour (min), 2015–2016", "moers-hourly-wait-2014-2016.csv", moersHour, "2015-01-01");
  realSeries("O'Hare, mean wait per hour (min), from February 2016", "ord-hourly-2016-2018.csv", ohareHour, "2016-02-01");
  for (const [name, make] of [["M/M/6 at 90 % load", () => mm6(100_000, 2)], ["shared windows and priorities", () => sharedWindows(3)], ["days with a profile and leavers", () => dayProfile(4)], ["two strict priorities", () => priorities(5)], ["call log of 9,000 delayed", () => ({ ...callLog(6), rows: callLog(6).rows.slice(0, 9_000) })]] as const) simulatedHall(name, make());
  await waitingTickets();
}

function moersHour(cells: string[]): HourRow {
  const [year, week, weekday, hour, wait] = cells.map(Number) as [number, number, number, number, number];
  // Week 1 of ISO 8601 holds 4 January.
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 24 * HOUR_MS;
  return { hour: monday / HOUR_MS + ((week - 1) * 7 + weekday) * 24 + hour, wait };
}

const ohareHour = (cells: string[]): HourRow => ({ hour: Date.parse(`${cells[0]}T00:00Z`) / HOUR_MS + Number(cells[1]!.slice(0, 2)), wait: Number(cells[6]) });

function realSeries(name: string, file: string, read: (cells: string[]) => HourRow, from: string): void {
  const path = `${DATA}/${file}`;
  if (!existsSync(path)) return console.log(`estimate, ${name}: the data are absent (${path})`);
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(1).map((line) => read(line.split(","))).sort((a, b) => a.hour - b.hour);
  for (const horizon of ["hour", "week"] as const) {
    const begun = performance.now();
    const outcomes = predictSeries(rows, horizon).filter(({ hour }) => hour >= Date.parse(from) / HOUR_MS);
    const took = performance.now() - begun;
    const beside = SERIES_BASELINES.flatMap((baseline) => {
      const same = outcomes.filter((outcome) => outcome.baselines[baseline] !== null);
      if (same.length === 0) return [];
      const mean = (of: (outcome: (typeof same)[number]) => number) => same.reduce((sum, outcome) => sum + Math.abs(of(outcome) - outcome.actual), 0) / same.length;
      const [own, other] = [mean(({ predicted }) => predicted), mean(({ baselines }) => baselines[baseline]!)];
      return [{ text: `${baseline} ${two(other)} (${two(own)} on the same hours, ratio ${two(own / other)})`, ratio: own / other }];
    });
    const mae = outcomes.reduce((sum, { predicted, actual }) => sum + Math.abs(predicted - actual), 0) / outcomes.length;
    console.log(`estimate, ${name}, one ${horizon} ahead: MAE ${two(mae)} over ${outcomes.length} hours in ${took.toFixed(0)} ms (limit 1.00 of each) ${verdict(beside.every(({ ratio }) => ratio <= 1))}; goal 0.90 ${verdict(beside.every(({ ratio }) => ratio <= 0.9))}`);
    for (const { text } of beside) console.log(`  ${text}`);
  }
}

function simulatedHall(name: string, { rows, ahead, delayed }: { rows: TraceRow[]; ahead: number[]; delayed: boolean[] }): void {
  const begun = performance.now();
  const { n, mae, rmse, bias, pinball50, pinball90, coverage80, baselines } = backtest(rows);
  const took = performance.now() - begun;
  const called = rows.filter((row) => row.calledAt !== null);
  const mean = called.reduce((sum, row) => sum + row.calledAt! - row.issuedAt, 0) / n;
  const head = rmse / baselines.hol!.rmse;
  console.log(`estimate, ${name}: n ${n}, mean wait ${two(mean)} min, MAE ${two(mae)}, RMSE ${two(rmse)}, pinball50 ${two(pinball50)}, pinball90 ${two(pinball90)} in ${took.toFixed(0)} ms`);
  console.log(`  of head of line ${two(head)} (limit 0.80) ${verdict(head <= 0.8)}; bias ${((100 * bias) / mean).toFixed(1)} % (limit 5) ${verdict(Math.abs(bias) <= 0.05 * mean)}; coverage ${(100 * coverage80).toFixed(1)} % (75–85) ${verdict(coverage80 >= 0.75 && coverage80 <= 0.85)}`);
  console.log(`  MAE/RMSE of ${Object.entries(baselines).map(([baseline, score]) => (score ? `${baseline} ${two(score.mae)}/${two(score.rmse)}` : `${baseline} –`)).join(", ")}`);
  if (!name.startsWith("M/M/6")) return;
  const errors = predictTrace(rows).map(({ index, actual }) => ((delayed[index] ? ahead[index]! + 1 : 0) - actual) ** 2);
  const exact = Math.sqrt(errors.reduce((sum, error) => sum + error, 0) / errors.length);
  console.log(`  queue length with true parameters: RMSE ${two(exact)}, ratio ${(rmse / exact).toFixed(3)} (limit 1.10) ${verdict(rmse / exact <= 1.1)}`);
}

/** 1,000 waiting in 14 lines at 50 windows: here, and as the server does it, in a thread beside it. */
async function waitingTickets(): Promise<void> {
  const lines = Array.from({ length: 14 }, (_, index) => ({ code: String(index) }));
  const hall: HallModel = {
    lines, classes: [{ code: "normal" }, { code: "elderly", credit: 20 }], discipline: "credit", services: lines.map((_, index) => ({ kind: "lognormal" as const, mean: 6 + index / 2, cv: 0.8 })),
    windows: Array.from({ length: 50 }, (_, index) => ({ code: `W${index}`, tiers: [[index % 14], [(index + 1) % 14]] })), now: Array.from({ length: 50 }, (_, index) => ({ service: index % 14, elapsed: index % 7 })),
    visits: [...Array.from({ length: 1_000 }, (_, index): Visit => ({ at: (index - 1_000) / 10, line: index % 14, class: index % 9 === 0 ? 1 : 0, service: index % 14 })), ...lines.map((_, line): Visit => ({ at: 0, line, class: 0, service: line, minutes: 0, rank: 0 }))],
    streams: lines.map((_, line) => ({ line, shares: [0, 1], service: line, rates: [{ from: 0, rate: 0.05 }] })),
  };
  const timed = async (work: () => unknown) => { const begun = performance.now(); await work(); return performance.now() - begun; };
  const here: number[] = [];
  const beside: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    here.push(await timed(() => foresee(hall)));
    beside.push(await timed(() => inThread<typeof foresee>("src/lib/queue/estimate/live/model.ts", "foresee", hall)));
  }
  // The first turns warm up the compiler and start the thread.
  const took = median(here.slice(2));
  console.log(`estimate, 1,000 waiting at 50 windows: ${took.toFixed(0)} ms of one core (limit ${LIMIT_MS}) ${verdict(took < LIMIT_MS)}; in a thread ${median(beside.slice(2)).toFixed(0)} ms`);
}
