import type { DayResult, VisitRecord } from "./day";

const quantile = (sorted: number[], q: number): number => (sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!);

export interface LineReport {
  line: string;
  tickets: number;
  served: number;
  meanWait: number;
  medianWait: number;
  p90Wait: number;
  within15: number;
}

export interface Report {
  tickets: number;
  served: number;
  missed: number;
  lines: LineReport[];
  all: LineReport;
  pressToScreenMs: { n: number; p50: number; p99: number; max: number };
  seconds: number;
}

/** Waits in simulated minutes from taking the number to the first call. */
export function reportOf(result: DayResult): Report {
  const line = (name: string, visits: VisitRecord[]): LineReport => {
    const waits = visits.filter((visit) => visit.calledAt !== undefined).map((visit) => visit.calledAt! - visit.issuedAt).sort((a, b) => a - b);
    return {
      line: name, tickets: visits.length, served: visits.filter((visit) => visit.end === "served").length,
      meanWait: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length), medianWait: quantile(waits, 0.5), p90Wait: quantile(waits, 0.9),
      within15: waits.filter((wait) => wait <= 15).length / Math.max(1, waits.length),
    };
  };
  const names = [...new Set(result.visits.map((visit) => visit.number.replace(/\d+$/, "")))].sort();
  const presses = [...result.pressToScreen].sort((a, b) => a - b);
  return {
    tickets: result.visits.length, served: result.visits.filter((visit) => visit.end === "served").length, missed: result.visits.filter((visit) => visit.end === "missed").length,
    lines: names.map((name) => line(name, result.visits.filter((visit) => visit.number.replace(/\d+$/, "") === name))), all: line("all", result.visits),
    pressToScreenMs: { n: presses.length, p50: quantile(presses, 0.5), p99: quantile(presses, 0.99), max: presses.at(-1) ?? 0 }, seconds: result.seconds,
  };
}

/** The report as a table for the terminal; waits in minutes of the simulated day. */
export function printReport(report: Report): string {
  const cells = ({ line, tickets, served, meanWait, medianWait, p90Wait, within15 }: LineReport) =>
    [line.padEnd(5), String(tickets).padStart(8), String(served).padStart(8), meanWait.toFixed(1).padStart(8), medianWait.toFixed(1).padStart(8), p90Wait.toFixed(1).padStart(8), `${(within15 * 100).toFixed(0)} %`.padStart(10)].join("");
  const { pressToScreenMs: press } = report;
  return [
    "line  tickets   served    mean  median    90 %  ≤ 15 min", ...report.lines.map(cells), cells(report.all), "",
    `missed and not back: ${report.missed}`, `press to screen: median ${press.p50.toFixed(0)} ms, 99 % ${press.p99.toFixed(0)} ms, largest ${press.max.toFixed(0)} ms over ${press.n} calls`, `real time: ${report.seconds.toFixed(0)} s`,
  ].join("\n");
}
