/** The hours known so far and what they say of a later one. Pure but for its own state. */
import { Mean } from "../learn/regression";
import type { Horizon, HourRow, SeriesBaseline } from "./model";

const WEEK = 168;
const DAY = 24;
const PLAIN_WEEKS = [1.5, 3, 8];


/** Mean with forgetting by elapsed hours, not by values: closed days do not age it more slowly. */
class Fading {
  private sum = 0;
  private weight = 0;
  private at = 0;
  constructor(private readonly halfLife: number) {}

  add(value: number, hour: number): void {
    const keep = this.weight > 0 ? 0.5 ** ((hour - this.at) / this.halfLife) : 0;
    this.sum = this.sum * keep + value;
    this.weight = this.weight * keep + 1;
    this.at = hour;
  }

  /** Leans on `otherwise` with the weight of `lean` values. */
  read(otherwise: number, lean: number): number {
    return (this.sum + lean * otherwise) / (this.weight + lean);
  }
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
/** The scale in which errors are even: the logarithm of the wait, flattened below a few minutes. */
export const scale = (wait: number): number => Math.log(wait + 3);
export const unscale = (value: number): number => Math.max(0, Math.exp(Math.min(9, value)) - 3);

export class History {
  /** In minutes: each hour of the week with three memories, each hour of the day, and the level with two. */
  private readonly weekly = PLAIN_WEEKS.map((weeks) => Array.from({ length: WEEK }, () => new Fading(weeks * WEEK)));
  private readonly daily = Array.from({ length: DAY }, () => new Fading(WEEK));
  private readonly minutes = [new Fading(5 * DAY), new Fading(14 * DAY), new Fading(60 * DAY)];
  private readonly byHour = new Map<number, number>();
  private readonly all = new Mean(Infinity);
  private readonly levels = [new Fading(3 * DAY), new Fading(14 * DAY), new Fading(60 * DAY)];
  private readonly slots = new Map<string, Fading>();
  private readonly anomaly = [new Fading(3), new Fading(2 * DAY), new Fading(7 * DAY)];

  add(row: HourRow): void {
    const value = scale(row.wait);
    const usual = this.usual(row.hour);
    for (const fading of this.anomaly) fading.add(value - usual, row.hour);
    for (const fading of this.levels) fading.add(value, row.hour);
    for (const [key, halfLife] of this.keys(row.hour)) {
      let slot = this.slots.get(key);
      if (!slot) this.slots.set(key, (slot = new Fading(halfLife)));
      slot.add(value, row.hour);
    }
    for (const slots of this.weekly) slots[mod(row.hour, WEEK)]!.add(row.wait, row.hour);
    this.daily[mod(row.hour, DAY)]!.add(row.wait, row.hour);
    for (const fading of this.minutes) fading.add(row.wait, row.hour);
    this.byHour.set(row.hour, row.wait);
    this.all.add(value);
  }

  private keys(hour: number): [key: string, halfLife: number][] {
    const ofDay = mod(hour, DAY);
    const ofWeek = mod(hour, WEEK);
    return [[`d${ofDay}`, 5 * DAY], [`D${ofDay}`, 40 * DAY], [`w${ofWeek}`, 4 * WEEK], [`W${ofWeek}`, 20 * WEEK], [`k${Math.floor(ofWeek / DAY)}`, 6 * WEEK]];
  }

  private slot(key: string, otherwise: number, lean: number): number {
    return this.slots.get(key)?.read(otherwise, lean) ?? otherwise;
  }

  /** What is usual at this hour of the week. */
  private usual(hour: number): number {
    const level = this.levels[1]!.read(this.all.value, 1);
    const daily = this.slot(`d${mod(hour, DAY)}`, level, 1);
    return this.slot(`w${mod(hour, WEEK)}`, daily, 1);
  }

  private at(hour: number): number | undefined {
    const wait = this.byHour.get(hour);
    return wait === undefined ? undefined : scale(wait);
  }

  private meanAt(hours: number[]): number | undefined {
    const values = hours.map((hour) => this.at(hour)).filter((value) => value !== undefined);
    return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
  }

  /** In the logarithmic scale: what both horizons use. Places are named in experts.ts. */
  private shared(hour: number): number[] {
    const level = this.levels[1]!.read(this.all.value, 1);
    const usual = this.usual(hour);
    const lastWeek = this.at(hour - WEEK) ?? usual;
    return [
      1, usual, lastWeek, this.meanAt([1, 2, 3, 4].map((weeks) => hour - WEEK * weeks)) ?? usual,
      this.slot(`d${mod(hour, DAY)}`, level, 1), this.slot(`D${mod(hour, DAY)}`, level, 2), this.slot(`W${mod(hour, WEEK)}`, level, 2), this.slot(`k${Math.floor(mod(hour, WEEK) / DAY)}`, level, 4),
      this.levels[0]!.read(level, 1), this.levels[2]!.read(level, 1), this.anomaly[1]!.read(0, 3), this.anomaly[2]!.read(0, 5),
    ];
  }

  /** Plain predictions in minutes: weekly means of several memories, the mean of four weeks, and the long shape at the level of late. */
  plain(hour: number): number[] {
    const [days, fortnight, season] = this.minutes.map((fading) => fading.read(0, 1e-9)) as [number, number, number];
    const daily = this.daily[mod(hour, DAY)]!.read(fortnight, 1);
    const [short, middle, long] = this.weekly.map((slots) => slots[mod(hour, WEEK)]!.read(daily, 0.5)) as [number, number, number];
    const { meanOf4Weeks } = this.baselines(hour, "week");
    return [short, middle, long, meanOf4Weeks ?? daily, (long / Math.max(3, season)) * days, (long / Math.max(3, season)) * fortnight];
  }

  /** From hours at least a week old: the shared ones, then the plain predictions. */
  weekFeatures(hour: number): Float64Array {
    return Float64Array.from([...this.shared(hour), ...this.plain(hour)]);
  }

  /** With the hours just before: their deviation from the usual, and that of the same hour yesterday. */
  hourFeatures(hour: number): Float64Array {
    const shared = this.shared(hour);
    const usual = shared[1]!;
    const anomaly = (back: number) => { const value = this.at(hour - back); return value === undefined ? undefined : value - this.usual(hour - back); };
    const first = anomaly(1) ?? 0;
    return Float64Array.from([...shared, first, anomaly(2) ?? first, this.at(hour - DAY) === undefined ? 0 : this.at(hour - DAY)! - usual]);
  }

  /** The usual simple answers, where the hours that they need are on record. */
  baselines(hour: number, horizon: Horizon): Record<SeriesBaseline, number | null> {
    const weeks = [1, 2, 3, 4].map((back) => this.byHour.get(hour - WEEK * back)).filter((wait) => wait !== undefined);
    return {
      lastWeek: this.byHour.get(hour - WEEK) ?? null, meanOf4Weeks: weeks.length > 0 ? weeks.reduce((sum, wait) => sum + wait, 0) / weeks.length : null,
      previousHour: horizon === "week" ? null : (this.byHour.get(hour - 1) ?? null),
    };
  }
}
