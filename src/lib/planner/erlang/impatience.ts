/** Erlang A, the M/M/c queue whose customers leave when their patience ends. Pure. Times in minutes, arrivals per hour. */
import { erlangB, MINUTES_PER_HOUR, offeredLoad, type Queue, type WaitFigures } from "./model";
import { expExcess, gaussLegendre } from "./numbers";

export interface ImpatientQueue extends Queue {
  /** Mean of the exponential patience. */
  patienceMinutes: number;
}

export interface ImpatientFigures extends WaitFigures {
  stable: true;
  offeredLoad: number;
  /** Share of customers who leave without service. */
  pAbandon: number;
  /** Probability that a customer, served or not, waits longer than `within`. */
  pWaitOver?: number;
}

const NODES = gaussLegendre(16);
const PANELS = 48;
/** Beyond exp(−46) = 1e-20 of its peak an integrand adds nothing to a double. */
const NEGLIGIBLE = 46;

/**
 * Integral from 0 to `end` of f(x)·exp(−g(x)) for convex g, g(0) = 0, where f and g bend no faster than e^(−leave·x): 48
 * panels of 16 points up to where exp(−g) is negligible, the first of them halved towards 0 until it is finer than 1/leave.
 */
function integrate(g: (x: number) => number, end: number, scale: number, leave: number, f: (x: number) => number): number {
  let reach = Math.min(scale, end);
  while (reach < end && g(reach) < NEGLIGIBLE) reach *= 2;
  let [low, high] = [0, Math.min(reach, end)];
  for (let round = 0; round < 60 && g(high) > NEGLIGIBLE && high - low > 1e-3 * high; round++) {
    const middle = (low + high) / 2;
    if (g(middle) > NEGLIGIBLE) high = middle;
    else low = middle;
  }
  const width = high / PANELS;
  const edges = Array.from({ length: PANELS }, (_, panel) => (panel + 1) * width);
  while (edges[0]! * leave > 0.5) edges.unshift(edges[0]! / 2);
  let [sum, from] = [0, 0];
  for (const to of edges) {
    let part = 0;
    for (const { node, weight } of NODES) {
      const x = from + node * (to - from);
      part += weight * f(x) * Math.exp(-g(x));
    }
    sum += part * (to - from);
    from = to;
  }
  return sum;
}

/**
 * Integrals of f(t)·exp(h(t) − h(peak)) over t > from, where h(t) = (arrival/leave)(1 − e^(−leave·t)) − capacity·t. Seen
 * from any t, h falls by the same law with the customers who still come: arrival·e^(−leave·t) instead of arrival.
 */
function offeredWait(arrival: number, capacity: number, leave: number, peak: number): (from: number, f: (t: number) => number) => number {
  // At the peak the customers who still come just fill the servers, or are all who arrive.
  const atPeak = peak > 0 ? capacity : arrival;
  const fallFrom = (coming: number) => (x: number) => (capacity - coming) * x + (coming / leave) * expExcess(leave * x);
  return (from, f) => {
    const start = Math.max(from, peak);
    const coming = atPeak * Math.exp(-leave * (start - peak));
    const fall = fallFrom(coming);
    const scale = Math.min(1 / (capacity - coming), 1 / Math.sqrt(coming * leave));
    const right = Math.exp(-fallFrom(atPeak)(start - peak)) * integrate(fall, Infinity, scale, leave, (x) => f(start + x));
    if (from >= peak) return right;
    return right + integrate((x) => (capacity / leave) * expExcess(-leave * x), peak - from, 1 / Math.sqrt(capacity * leave), leave, (x) => f(peak - x));
  };
}

/**
 * M/M/c+M (Palm 1937) by the integrals of Zeltyn & Mandelbaum 2005 ("Call centers with impatient customers", section 4):
 * the offered wait has at t > 0 the density λ·π(c−1)·exp(h(t)), h(t) = (λ/θ)(1−e^(−θt)) − cμt, so that with J = ∫exp(h)
 * P(wait) = λ·J·B / (1 + λ·J·B), B = B(c−1, a). h is integrated relative to its peak, so that neither overload nor thousands of servers lose precision. Always stable.
 * `meanWait` and `pWaitOver` count every customer, also those who leave, with the time really waited: the lesser of
 * offered wait and patience.
 */
export function impatientServers(queue: ImpatientQueue, within?: number): ImpatientFigures {
  const arrival = queue.arrivalsPerHour / MINUTES_PER_HOUR;
  const capacity = queue.servers / queue.serviceMinutes;
  const leave = 1 / queue.patienceMinutes;
  const load = offeredLoad(queue);
  if (arrival === 0) return { stable: true, offeredLoad: 0, pWait: 0, meanWait: 0, meanQueue: 0, pAbandon: 0, ...(within === undefined ? {} : { pWaitOver: 0 }) };
  const blocked = erlangB(queue.servers - 1, load);
  // The peak of h: 0 without overload, else where the customers still there just fill the servers.
  const peak = arrival > capacity ? Math.log(arrival / capacity) * queue.patienceMinutes : 0;
  const height = peak === 0 ? 0 : (arrival - capacity) / leave - capacity * peak;
  const tail = offeredWait(arrival, capacity, leave, peak);
  const all = tail(0, () => 1);
  // J without its factor exp(height).
  const waiting = arrival * blocked * all;
  const pWait = height > 700 ? 1 : waiting / (Math.exp(-height) + waiting);
  const meanWait = (pWait * tail(0, (t) => -Math.expm1(-leave * t) / leave)) / all;
  return {
    stable: true, offeredLoad: load, pWait, meanWait, meanQueue: meanWait * arrival, pAbandon: meanWait * leave,
    ...(within === undefined ? {} : { pWaitOver: within === 0 ? pWait : ((pWait * tail(within, () => 1)) / all) * Math.exp(-leave * within) }),
  };
}
