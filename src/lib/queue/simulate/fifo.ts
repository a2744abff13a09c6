/**
 * The fast path: one line, first come first served, windows that are all alike and always open (M/M/c, M/G/c). The
 * windows' free times stand in a heap, so that a visitor costs one look at its top (Kiefer and Wolfowitz 1955). Pure.
 */
import { Random, type Service, ServiceTime } from "./random";
import { Tally } from "./statistics";

export interface FifoHall {
  /** Visitors a minute. */
  rate: number;
  service: Service;
  windows: number;
  /** Share of each class, adding up to 1; all wait alike. */
  shares: readonly number[];
}

/** Figures of one batch; `controls` have the true mean 0. */
export interface Batch {
  /** Visitors, sum of their waits in minutes, and how many waited at all, by class. */
  count: Float64Array;
  sum: Float64Array;
  waited: Float64Array;
  controls: Float64Array;
}

/** Length of `controls` of a batch of this path. */
export const FIFO_CONTROLS = 10;
/** With more windows than this the work in the hall costs more to sum up than it tells. */
const MOST_SUMMED = 16;

/** Simulates on and on; every call of `advance` goes on where the last one ended. */
export class FifoSimulation {
  /** Minutes since the beginning, and minutes of work that were begun. */
  now = 0;
  work = 0;
  readonly tallies: Tally[];
  private readonly free: Float64Array;
  private readonly arrivals: Random;
  private readonly services: Random;
  private readonly classes: Random;
  private readonly service: ServiceTime;

  constructor(private readonly hall: FifoHall, seed: number, run = 0) {
    this.free = new Float64Array(hall.windows);
    this.arrivals = new Random(seed, 8 * run);
    this.services = new Random(seed, 8 * run + 1);
    this.classes = new Random(seed, 8 * run + 3);
    this.service = new ServiceTime(hall.service);
    this.tallies = hall.shares.map(() => new Tally());
  }

  /**
   * The next `visitors` visitors. The controls are sums over visitors of (interval to the next arrival − its mean) and
   * (own service − its mean), both over the mean, each alone, times the own wait, times whether there was one, and times the
   * work in the hall, and of their squares less the mean: what is drawn after the wait is known does not depend on it, so
   * that their mean is 0 (Henderson and Glynn 2002).
   */
  advance(visitors: number, tallied = true): Batch {
    const { arrivals, services, service, free, tallies } = this;
    const { rate, shares } = this.hall;
    const size = free.length;
    const batch: Batch = { count: new Float64Array(shares.length), sum: new Float64Array(shares.length), waited: new Float64Array(shares.length), controls: new Float64Array(FIFO_CONTROLS) };
    const single = shares.length === 1;
    let now = this.now, work = 0, a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, sum = 0, waited = 0;
    let ends = free.reduce((total, each) => total + each, 0);
    const summed = size <= MOST_SUMMED;
    for (let n = 0; n < visitors; n++) {
      const first = free[0]!;
      const wait = first > now ? first - now : 0;
      const minutes = service.draw(services);
      const interval = arrivals.exponential();
      const moreService = minutes / service.mean - 1;
      const moreTime = interval - 1;
      a0 += moreTime;
      s0 += moreService;
      if (wait > 0) {
        a1 += wait * moreTime;
        s1 += wait * moreService;
        a2 += moreTime;
        s2 += moreService;
        sum += wait;
        waited++;
      }
      a3 += moreTime * moreTime - 1;
      s3 += (moreService + 1) * (moreService + 1) - service.square;
      if (summed) {
        let inHall = ends - size * now;
        if (wait === 0) for (let i = 0; i < size; i++) if (free[i]! < now) inHall += now - free[i]!;
        a4 += (inHall + minutes) * moreTime;
        s4 += inHall * moreService;
      }
      ends += now + wait + minutes - first;
      const which = single ? 0 : this.classOf();
      if (!single) {
        batch.count[which]!++;
        batch.sum[which]! += wait;
        if (wait > 0) batch.waited[which]!++;
      }
      if (tallied) tallies[which]!.add(wait);
      work += minutes;
      sink(free, size, now + wait + minutes);
      now += interval / rate;
    }
    this.now = now;
    this.work += work;
    batch.controls.set([a0, a1, a2, a3, a4, s0, s1, s2, s3, s4]);
    if (single) {
      batch.count[0] = visitors;
      batch.sum[0] = sum;
      batch.waited[0] = waited;
    }
    return batch;
  }

  private classOf(): number {
    let left = this.classes.uniform();
    const { shares } = this.hall;
    for (let i = 0; i < shares.length - 1; i++) if ((left -= shares[i]!) < 0) return i;
    return shares.length - 1;
  }
}

/** Puts `time` in place of the smallest. */
function sink(heap: Float64Array, size: number, time: number): void {
  let at = 0;
  for (let child = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= time) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = time;
}
