/**
 * `plan simulate`: a scenario becomes a hall, runs, and figures with honest intervals. Constant rates for ever are a long run
 * after a warm-up, cut into batches; anything that changes with time, and overload, is a day repeated from its empty
 * beginning to its last visitor. Pure: no clock.
 */
import type { PolicyDocument } from "@/lib/queue/policy/schema";
import { compilePolicy } from "@/lib/queue/policy/order";
import { FifoSimulation } from "@/lib/queue/simulate/fifo";
import type { HallModel, Listener } from "@/lib/queue/simulate/hall";
import { Simulation } from "@/lib/queue/simulate/model";
import { meanWithControls, Tally } from "@/lib/queue/simulate/statistics";
import type { Scenario, ScenarioResult } from "./schema";

export interface RunOptions {
  /** Independent runs; absent: as many as the width wants. */
  runs?: number | undefined;
  seed: number;
}

/** Counted together: one batch of a long run, or one day. */
interface Observation {
  count: Float64Array;
  sum: Float64Array;
  waited: Float64Array;
  abandoned: number;
  controls: Float64Array;
}

interface Totals {
  observations: Observation[];
  tallies: Tally[];
  work: number;
  openMinutes: number;
}

/** Wanted total width of an interval over its mean, and the width in minutes below which nobody cares. */
const WIDTH = { relative: 0.009, minutes: 0.001 };
/** Most visitors when nothing is asked for: on the fast path, else. */
const MOST = { fifo: 100_000_000, general: 40_000_000 };
const BATCHES = 64;

/** Runs a scenario. Equal scenario, runs and seed give equal figures on every machine. */
export function simulateScenario(scenario: Scenario, options: RunOptions): ScenarioResult {
  const hall = hallOf(scenario);
  const load = typeof scenario.arrivalsPerHour === "number" && typeof scenario.windows === "number" ? ((scenario.arrivalsPerHour / 60) * scenario.service.mean) / scenario.windows : NaN;
  const steady = scenario.hours === undefined && (load < 1 || (scenario.patience !== undefined && !Number.isNaN(load)));
  return figures(scenario, steady ? longRuns(scenario, hall, options, load) : days(scenario, hall, options));
}

/** A policy whose classes have the scenario's credits, compiled by the calling policy's own compiler. */
function policyOf({ classes }: Scenario) {
  const document: PolicyDocument = {
    version: 1, classes: classes.map(({ credit = 0 }, index) => ({ code: `c${index}`, name: "-", nameEn: "-", creditMinutes: credit })),
    walkIn: "always", booking: { early: "arrival", lateCreditMinutes: 0 }, calls: { max: 3, pauseSeconds: 20 }, missed: { behind: 3, maxReturns: 2, afterMax: "behind_all" },
    transfer: { seniority: "keep", creditMinutes: 0 }, helping: { waitOver: null, lines: {} }, tidal: { waitOver: null, lines: {} }, reserved: [], ties: "issued", remindAhead: 3, undoSeconds: 60,
    endOfDay: { waiting: "cancel", held: "finish" },
  };
  return compilePolicy(document);
}

/** Minute 0 is the beginning of the first interval. Windows of the last interval stay until nobody waits. */
function hallOf(scenario: Scenario): HallModel {
  const { arrivalsPerHour: arrivals, windows, classes, service, patience, discipline } = scenario;
  const zero = Math.min(...[arrivals, windows].flatMap((each) => (typeof each === "number" ? [] : each.map(({ start }) => start))));
  const start = Number.isFinite(zero) ? zero : 0;
  const total = classes.reduce((sum, each) => sum + each.share, 0);
  const rates = typeof arrivals === "number" ? [{ from: 0, rate: arrivals / 60 }]
    : arrivals.flatMap((each) => [{ from: each.start - start, rate: each.arrivals / (each.end - each.start) }, { from: each.end - start, rate: 0 }]).filter(({ from, rate }, index, all) => rate > 0 || all[index + 1]?.from !== from);
  const most = typeof windows === "number" ? windows : Math.max(...windows.map((each) => each.windows));
  return {
    lines: [{ code: "A", ...(patience ? { patience: patience.mean } : {}) }],
    classes: classes.map(({ credit, priority }, index) => ({ code: `c${index}`, ...(credit === undefined ? {} : { credit }), ...(priority === undefined ? {} : { priority }) })),
    windows: Array.from({ length: most }, (_, index) => ({
      code: `W${index}`, tiers: [[0]],
      ...(typeof windows === "number" ? {} : { open: windows.filter((each) => each.windows > index).map((each) => [each.start - start, each === windows.at(-1) ? Infinity : each.end - start] as const) }),
    })),
    services: [service], discipline: discipline === "policy" ? policyOf(scenario) : discipline,
    streams: [{ line: 0, shares: classes.map((each) => each.share / total), service: 0, rates }],
  };
}

/** Visitors that come while the hall forgets its state, from the spread of the number in M/M/c (Halfin and Whitt 1981). */
function memory({ arrivalsPerHour, service, windows, patience }: Scenario): number {
  const load = ((arrivalsPerHour as number) / 60) * service.mean;
  const cv = service.kind === "exponential" ? 1 : service.kind === "deterministic" ? 0 : (service.cv ?? 1);
  const services = load < (windows as number) ? 1 / (Math.sqrt(windows as number) - Math.sqrt(load)) ** 2 : Infinity;
  return load * Math.max(2, Math.min((services * (1 + cv * cv)) / 2, patience ? 3 * Math.max(1, patience.mean / service.mean) : Infinity));
}

/** A source of batches of one run. */
interface Source {
  batch(visitors: number, counted: boolean): Observation;
  readonly now: number;
  readonly work: number;
  readonly tallies: Tally[];
}

/** Long runs after a warm-up of 20 times the memory; batches of at least 20 times it where the length allows ten of them. */
function longRuns(scenario: Scenario, hall: HallModel, { runs, seed }: RunOptions, load: number): Totals {
  const remembers = Math.ceil(memory(scenario));
  const fast = scenario.patience === undefined && load < 1 && (scenario.discipline === "fifo" || scenario.classes.length === 1);
  const sources = Array.from({ length: runs ?? 1 }, (_, run) => (fast ? fifoSource(scenario, hall, seed, run) : generalSource(hall, seed, run)));
  for (const source of sources) source.batch(Math.max(1_000, 20 * remembers), false);
  const begun = sources.map(({ now, work }) => ({ now, work }));
  const observations: Observation[] = [];
  const length = scenario.customers ?? (runs === undefined ? undefined : 1_000_000);
  if (length !== undefined) {
    const each = Math.max(1, Math.min(Math.ceil(BATCHES / sources.length), Math.max(Math.ceil(10 / sources.length), Math.floor(length / (20 * remembers)))));
    // Together exactly as many as were asked for.
    for (const source of sources) for (let i = 0; i < each; i++) observations.push(source.batch(Math.floor(((i + 1) * length) / each) - Math.floor((i * length) / each), true));
  } else untilSure(observations, sources[0]!, Math.max(10_000, 40 * remembers), fast ? MOST.fifo : MOST.general);
  return {
    observations, tallies: merged(sources.map(({ tallies }) => tallies)),
    work: sources.reduce((sum, source, i) => sum + source.work - begun[i]!.work, 0), openMinutes: sources.reduce((sum, source, i) => sum + source.now - begun[i]!.now, 0) * hall.windows.length,
  };
}

/** Goes on until every class's interval is narrow, doubling the batches when there are twice as many as wanted. */
function untilSure(observations: Observation[], source: Source, first: number, most: number): void {
  let size = first;
  let done = 0;
  for (;;) {
    while (observations.length < 2 * BATCHES) {
      observations.push(source.batch(size, true));
      done += size;
    }
    if (sure(observations) || done + 2 * size * BATCHES > most) return;
    observations.splice(0, observations.length, ...Array.from({ length: BATCHES }, (_, i) => joined(observations[2 * i]!, observations[2 * i + 1]!)));
    size *= 2;
  }
}

const sure = (observations: readonly Observation[]): boolean => Array.from(observations[0]!.count, (_, kind) => meanWait(observations, kind))
  .every(({ value, low, high }) => !(high - low > Math.max(WIDTH.relative * value, WIDTH.minutes)));

const joined = (a: Observation, b: Observation): Observation => ({
  count: a.count.map((each, i) => each + b.count[i]!), sum: a.sum.map((each, i) => each + b.sum[i]!), waited: a.waited.map((each, i) => each + b.waited[i]!),
  abandoned: a.abandoned + b.abandoned, controls: a.controls.map((each, i) => each + b.controls[i]!),
});

function fifoSource({ arrivalsPerHour, service, windows }: Scenario, hall: HallModel, seed: number, run: number): Source {
  const simulation = new FifoSimulation({ rate: (arrivalsPerHour as number) / 60, service, windows: windows as number, shares: hall.streams![0]!.shares }, seed, run);
  return {
    batch: (visitors, counted) => ({ ...simulation.advance(visitors, counted), abandoned: 0 }),
    get now() { return simulation.now; },
    get work() { return simulation.work; },
    tallies: simulation.tallies,
  };
}

/** Hears a simulation and counts. */
class Counter implements Listener {
  observation: Observation;
  tallies: Tally[];
  counted = true;

  constructor(private readonly classes: number) {
    this.tallies = Array.from({ length: classes }, () => new Tally());
    this.observation = this.renew();
  }

  renew(): Observation {
    this.observation = { count: new Float64Array(this.classes), sum: new Float64Array(this.classes), waited: new Float64Array(this.classes), abandoned: 0, controls: new Float64Array(0) };
    return this.observation;
  }

  called(wait: number, kind: number): void {
    const { observation } = this;
    observation.count[kind]!++;
    if (wait > 0) {
      observation.sum[kind]! += wait;
      observation.waited[kind]!++;
    }
    if (this.counted) this.tallies[kind]!.add(wait);
  }

  gaveUp(wait: number, kind: number): void {
    this.called(wait, kind);
    this.observation.abandoned++;
  }
}

function generalSource(hall: HallModel, seed: number, run: number): Source {
  const simulation = new Simulation(hall);
  const counter = new Counter(hall.classes.length);
  simulation.start(seed, run, counter);
  return {
    batch(visitors, counted) {
      counter.counted = counted;
      const observation = counter.renew();
      simulation.controls!.sums.fill(0);
      simulation.advance(simulation.decided + visitors);
      observation.controls = simulation.controls!.sums.slice();
      return observation;
    },
    get now() { return simulation.now; },
    get work() { return simulation.work; },
    tallies: counter.tallies,
  };
}

/** The same day again and again, each begun empty and ended when the last one who came has been served. */
function days(scenario: Scenario, hall: HallModel, { runs, seed }: RunOptions): Totals {
  const { rates } = hall.streams![0]!;
  const opening = Math.max(...hall.windows.flatMap(({ open = [] }) => open.flat()).filter(Number.isFinite), -Infinity);
  const until = scenario.hours !== undefined ? scenario.hours * 60 : typeof scenario.arrivalsPerHour !== "number" ? rates.at(-1)!.from : opening > 0 ? opening : (scenario.customers ?? 1_000) / rates[0]!.rate;
  const expected = rates.reduce((sum, { from, rate }, i) => sum + rate * Math.max(0, Math.min(until, rates[i + 1]?.from ?? Infinity) - Math.min(until, from)), 0);
  const bounded = typeof scenario.arrivalsPerHour !== "number" || scenario.hours !== undefined || opening > 0;
  const wanted = runs ?? (scenario.customers !== undefined && bounded ? Math.max(2, Math.ceil(scenario.customers / expected)) : undefined);
  const simulation = new Simulation(hall);
  const counter = new Counter(hall.classes.length);
  const totals: Totals = { observations: [], tallies: counter.tallies, work: 0, openMinutes: 0 };
  const run = (number: number) => {
    totals.observations.push(counter.renew());
    simulation.start(seed, number, counter, until);
    simulation.advance(Infinity);
    counter.observation.controls = simulation.controls!.sums.slice();
    totals.work += simulation.work;
    for (const { open = [[0, Infinity]] } of hall.windows) for (const [from, to] of open) totals.openMinutes += Math.max(0, Math.min(to!, simulation.now) - from!);
  };
  for (let number = 0, next = 128; number < (wanted ?? Infinity); number++) {
    run(number);
    if (wanted !== undefined || number + 1 < next) continue;
    if (sure(totals.observations) || (number + 1) * 2 * expected > MOST.general / 2) break;
    next *= 2;
  }
  return totals;
}

const merged = (all: Tally[][]): Tally[] => all[0]!.map((first, kind) => all.slice(1).reduce((sum, tallies) => sum.addAll(tallies[kind]!), first));

/** Mean wait of a class: all waits over all visitors, each observation's part in it, less what the controls explain. */
function meanWait(observations: readonly Observation[], kind: number) {
  const count = observations.reduce((sum, each) => sum + each.count[kind]!, 0) / observations.length;
  const ratio = observations.reduce((sum, each) => sum + each.sum[kind]!, 0) / (count * observations.length);
  return meanWithControls(observations.map((each) => ratio + (each.sum[kind]! - ratio * each.count[kind]!) / count), observations.map(({ controls }) => controls.map((each) => each / count)));
}

function figures({ classes }: Scenario, { observations, tallies, work, openMinutes }: Totals): ScenarioResult {
  const customers = tallies.reduce((sum, { count }) => sum + count, 0);
  return {
    customers,
    perClass: classes.map(({ name }, kind) => {
      const { value, low, high } = meanWait(observations, kind);
      const tally = tallies[kind]!;
      return { name, meanWait: { value, low: Number.isNaN(low) ? null : Math.max(0, low), high: Number.isNaN(high) ? null : high }, p50: tally.quantile(0.5), p90: tally.quantile(0.9), pWait: 1 - tally.zero / tally.count };
    }),
    abandoned: observations.reduce((sum, each) => sum + each.abandoned, 0) / customers,
    utilisation: work / openMinutes,
  };
}
