/** Queues with general service times and with priorities. Pure. Times in minutes, arrivals per hour. */
import { erlangC, freeServers, manyServers, MINUTES_PER_HOUR, offeredLoad, type Queue, type Steady, type WaitFigures } from "./model";

export interface MeanFigures {
  meanWait: number;
  meanQueue: number;
}

/** M/G/1 (Pollaczek 1930, Khinchine 1932): exact for any service time with this mean and coefficient of variation `cv`. */
export function oneGeneralServer(queue: Omit<Queue, "servers">, cv: number): Steady<WaitFigures> {
  const load = offeredLoad(queue);
  const free = freeServers({ ...queue, servers: 1 });
  if (free === 0) return { stable: false, offeredLoad: load };
  const meanWait = (load * queue.serviceMinutes * (1 + cv * cv)) / (2 * free);
  return { stable: true, offeredLoad: load, pWait: load, meanWait, meanQueue: (meanWait * queue.arrivalsPerHour) / MINUTES_PER_HOUR };
}

/**
 * M/G/c, an APPROXIMATION: (1+cv²)/2 times the wait of M/M/c (Lee & Longton 1959; Allen–Cunneen for Poisson arrivals).
 * Exact for c = 1 and for cv = 1; within some per cent otherwise while the servers are well used.
 */
export function approximateGeneralServers(queue: Queue, cv: number): Steady<MeanFigures> {
  const exponential = manyServers(queue);
  if (!exponential.stable) return exponential;
  const factor = (1 + cv * cv) / 2;
  return { stable: true, offeredLoad: exponential.offeredLoad, meanWait: exponential.meanWait * factor, meanQueue: exponential.meanQueue * factor };
}

/** One class of customers, more urgent classes first in a list. */
export interface ClassDemand {
  arrivalsPerHour: number;
  serviceMinutes: number;
  /** Coefficient of variation of the service time; 1 is exponential. */
  cv: number;
}

/**
 * Mean waits per class of M/M/c with non-preemptive priorities and one service time for all (Cobham 1954; Kella & Yechiali
 * 1985): W(k) = C(c,a)·(S/c) / ((1−σ(k−1))·(1−σ(k))), σ(k) the load of classes 1…k per server.
 */
export function priorityServers(arrivalsPerHour: readonly number[], serviceMinutes: number, servers: number): Steady<{ meanWaits: number[] }> {
  const upTo = arrivalsPerHour.map((_, k) => arrivalsPerHour.slice(0, k + 1).reduce((sum, each) => sum + each, 0));
  const queue: Queue = { arrivalsPerHour: upTo.at(-1) ?? 0, serviceMinutes, servers };
  const pWait = erlangC(queue);
  if (pWait === undefined) return { stable: false, offeredLoad: offeredLoad(queue) };
  const free = (arrivals: number) => freeServers({ ...queue, arrivalsPerHour: arrivals });
  return { stable: true, offeredLoad: offeredLoad(queue), meanWaits: upTo.map((arrivals, k) => (pWait * serviceMinutes * servers) / (free(upTo[k - 1] ?? 0) * free(arrivals))) };
}

/** Mean waits per class of M/G/1 with non-preemptive priorities, service times of each class its own (Cobham 1954): W(k) = W0 / ((1−σ(k−1))·(1−σ(k))), W0 = Σ λ·E[S²]/2. */
export function priorityOneServer(classes: readonly ClassDemand[]): Steady<{ meanWaits: number[] }> {
  const loads = classes.map(offeredLoad);
  const upTo = loads.map((_, k) => loads.slice(0, k + 1).reduce((sum, each) => sum + each, 0));
  const load = upTo.at(-1) ?? 0;
  if (freeServers({ arrivalsPerHour: load, serviceMinutes: MINUTES_PER_HOUR, servers: 1 }) === 0) return { stable: false, offeredLoad: load };
  const residual = classes.reduce((sum, each, k) => sum + (loads[k]! * each.serviceMinutes * (1 + each.cv * each.cv)) / 2, 0);
  return { stable: true, offeredLoad: load, meanWaits: upTo.map((sigma, k) => residual / ((1 - (upTo[k - 1] ?? 0)) * (1 - sigma))) };
}
