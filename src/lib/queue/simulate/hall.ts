/** What is simulated: a hall with its lines, classes, windows and order, who is there and who will come. Times are minutes. */
import type { OrderInput } from "./order";
import type { Service } from "./random";

/** Visitors who come by chance to one line: a Poisson process, its rate constant between the given times. */
export interface Stream {
  line: number;
  /** Share of each class, adding up to 1. */
  shares: readonly number[];
  /** Number of the service time. */
  service: number;
  /** Visitors a minute from each time until the next one, the last one for ever; in order. Nobody comes before the first. */
  rates: readonly { from: number; rate: number }[];
}

/** A visitor who is known: waiting already, booked, or taken from the ledger. */
export interface Visit {
  /** Arrival; of those who wait at the beginning: at most 0. */
  at: number;
  line: number;
  class: number;
  service: number;
  /** Length of the service, where it is known; else drawn. */
  minutes?: number;
  /** By which they are called, where it is not arrival less credit of the class; minutes on the same clock as `at`. */
  rank?: number;
  /** Waits however long it takes. */
  patient?: boolean;
}

/** What a window does at minute 0: serves since `elapsed` minutes; absent: free. */
export type WindowNow = { service: number; elapsed: number } | undefined;

export interface HallModel extends OrderInput {
  services: readonly Service[];
  lines: readonly {
    code: string;
    /** Mean of an exponential patience, minutes; absent: nobody leaves. */
    patience?: number;
    /** After the service this share goes on to another line, keeping the rank. */
    again?: { share: number; line: number; service: number };
  }[];
  /** Of those called this share does not come; the window loses `minutes`; `back` of them return after `after` minutes (mean), behind the next `behind` of their line. */
  missed?: { share: number; minutes: number; back: number; after: number; behind: number };
  streams?: readonly Stream[];
  /** In order of arrival. */
  visits?: readonly Visit[];
  /** By window; absent: all are free. */
  now?: readonly WindowNow[];
}

/** Hears what happens; `ref` is the place in `visits`, or -1. Called once a visit: at its first call, or when it gives up. */
export interface Listener {
  called(wait: number, kind: number, ref: number, window: number, line: number): void;
  gaveUp(wait: number, kind: number, ref: number, line: number): void;
}
