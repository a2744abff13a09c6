/**
 * Announces calls once, in ledger order, never two at a time. What is said and how is the caller's; this file decides
 * only whether and when.
 */
export interface Announcement {
  seq: number;
  number: string;
  window: string;
  /** Server time of the call, milliseconds. */
  at: number;
}

/** An announcement that waited longer in the queue than this is shown only: whoever it calls has seen it by now. */
const LATE = 60_000;
/** Loudspeakers cannot keep up with more; the oldest give way. */
const LONGEST = 24;

export interface AnnouncerOptions {
  /** Resolves when the loudspeaker is free again. `hurry`: others are waiting. */
  say: (announcement: Announcement, hurry: boolean) => Promise<void>;
  now: () => number;
}

export interface Announcer {
  /** Offers calls in any order; those already offered are ignored, those in `silent` count as said. */
  offer(calls: readonly Announcement[], silent?: (call: Announcement) => boolean): void;
  /** Everything up to here is old. */
  skipTo(seq: number): void;
  /** Highest `seq` that needs no announcement any more. */
  readonly last: number;
}

export function createAnnouncer({ say, now }: AnnouncerOptions): Announcer {
  let last = -1;
  let talking = false;
  const queue: { call: Announcement; since: number }[] = [];

  const talk = async (): Promise<void> => {
    if (talking) return;
    talking = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (now() - next.since > LATE) continue;
      await say(next.call, queue.length > 0).catch(() => {});
    }
    talking = false;
  };

  return {
    offer(calls, silent = () => false) {
      for (const call of [...calls].sort((a, b) => a.seq - b.seq)) {
        if (call.seq <= last) continue;
        last = call.seq;
        if (!silent(call)) queue.push({ call, since: now() });
      }
      queue.splice(0, Math.max(0, queue.length - LONGEST));
      void talk();
    },
    skipTo(seq) {
      last = Math.max(last, seq);
    },
    get last() {
      return last;
    },
  };
}
