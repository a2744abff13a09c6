/**
 * Exact figures of queues in a steady state: Erlang B and C, M/M/c. Pure. Times in minutes, arrivals per hour. Relative
 * error ≤ 1e-9 up to 5,000 servers: every recursion adds positive terms only, and the free capacity is never a rounded
 * difference. Overload has no figures: `stable` is false and nothing else is said.
 */

/** A queue with one kind of customer: Poisson arrivals, exponential service, first come first served. */
export interface Queue {
  arrivalsPerHour: number;
  serviceMinutes: number;
  servers: number;
}

/** Figures that exist in a steady state only. `offeredLoad` in Erlang: servers that the work keeps busy. */
export type Steady<Figures> = { stable: false; offeredLoad: number } | ({ stable: true; offeredLoad: number } & Figures);

export interface WaitFigures {
  /** Probability that a customer has to wait at all. */
  pWait: number;
  /** Mean wait before service of all customers, minutes. */
  meanWait: number;
  /** Mean number of waiting customers. */
  meanQueue: number;
}

export const MINUTES_PER_HOUR = 60;

/** Work offered, in Erlang. */
export const offeredLoad = ({ arrivalsPerHour, serviceMinutes }: Pick<Queue, "arrivalsPerHour" | "serviceMinutes">): number => (arrivalsPerHour * serviceMinutes) / MINUTES_PER_HOUR;

/** What two doubles' product loses by rounding (Dekker 1971, "A floating-point technique for extending the available precision"). */
function productError(a: number, b: number, product: number): number {
  const [ha, hb] = [a, b].map((x) => { const big = 134_217_729 * x; return big - (big - x); }) as [number, number];
  const [la, lb] = [a - ha, b - hb];
  return la * lb - (product - ha * hb - la * hb - ha * lb);
}

/**
 * Servers beyond the offered load, to full relative precision even near saturation, where `servers - load` would have lost
 * its digits; 0 when the load reaches the servers, as far as doubles can tell.
 */
export function freeServers({ arrivalsPerHour, serviceMinutes, servers }: Queue): number {
  const work = arrivalsPerHour * serviceMinutes;
  const free = (servers * MINUTES_PER_HOUR - work - productError(arrivalsPerHour, serviceMinutes, work)) / MINUTES_PER_HOUR;
  return free > 4 * Number.EPSILON * servers ? free : 0;
}

/**
 * Probability that all `servers` are busy when `load` Erlang are offered and nobody waits (Erlang 1917), by
 * B(n) = a·B(n−1) / (n + a·B(n−1)), B(0) = 1. Each step divides the error so far by more than 1, so that values as small
 * as doubles hold keep their precision.
 */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

/** Probability that a customer of an M/M/c queue has to wait (Erlang 1917, his C formula); undefined in overload. */
export function erlangC(queue: Queue): number | undefined {
  const free = freeServers(queue);
  if (free === 0) return undefined;
  const load = offeredLoad(queue);
  const blocked = erlangB(queue.servers, load);
  return (blocked * queue.servers) / (free + load * blocked);
}

/** M/M/c: probability of waiting, mean wait, mean queue (Cooper 1981, Introduction to Queueing Theory, section 3.5). */
export function manyServers(queue: Queue): Steady<WaitFigures> {
  const load = offeredLoad(queue);
  const pWait = erlangC(queue);
  if (pWait === undefined) return { stable: false, offeredLoad: load };
  const free = freeServers(queue);
  return { stable: true, offeredLoad: load, pWait, meanWait: (pWait * queue.serviceMinutes) / free, meanQueue: (pWait * load) / free };
}

/** M/M/c: probability that the wait is longer than `within` minutes, C·exp(−(c−a)·t/S); undefined in overload. */
export function pWaitOver(queue: Queue, within: number): number | undefined {
  const pWait = erlangC(queue);
  return pWait === undefined ? undefined : pWait * Math.exp((-freeServers(queue) * within) / queue.serviceMinutes);
}

/** M/M/c: minutes that the wait of a share `p` of the customers does not exceed; undefined in overload. */
export function waitQuantile(queue: Queue, p: number): number | undefined {
  const pWait = erlangC(queue);
  return pWait === undefined ? undefined : Math.max(0, (Math.log(pWait) - Math.log1p(-p)) * queue.serviceMinutes) / freeServers(queue);
}

export interface Target {
  /** Share of customers to be called in time, e.g. 0.9. */
  share: number;
  /** Minutes that count as in time. */
  within: number;
}

/** Smallest number of servers that calls `share` of the customers within the time if the demand never changed; 0 without demand. */
export function steadyServers(demand: Pick<Queue, "arrivalsPerHour" | "serviceMinutes">, { share, within }: Target): number {
  const load = offeredLoad(demand);
  if (load <= 0) return 0;
  const late = (servers: number) => (pWaitOver({ ...demand, servers }, within) ?? 1) > 1 - share;
  let servers = Math.max(1, Math.ceil(load));
  while (late(servers)) servers++;
  return servers;
}
