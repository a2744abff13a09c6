import { sql } from "kysely";
import { forgetExpired } from "@/lib/citizens/commands";
import { database } from "@/lib/db/database";
import { isUnavailable } from "@/lib/db/faults";
import { log } from "@/lib/env/log";
import { onCommitted } from "@/lib/ledger/commands";
import { sealLedgers } from "@/lib/ledger/seal";
import { forgetMessages, sendAllDue } from "@/lib/notify/outbox/commands";
import { forgetOldPersons } from "@/lib/appointments/forget/commands";
import { makeAllSlots, tendAppointments } from "@/lib/appointments/tend/commands";
import { adviseAllHalls, watchAllHalls } from "@/lib/planner/tidal/commands";
import { closePastDays } from "@/lib/queue/day/commands";
import { recalibrateHalls } from "@/lib/queue/estimate/calibrate/commands";
import { foreseeHalls } from "@/lib/queue/estimate/live/data";
import { moves, remindHalls } from "@/lib/reminders/commands";

interface Job {
  name: string;
  everyMs: number;
  run: () => Promise<unknown>;
  /** Events of this process after which it runs at once; its rhythm finds those of others. */
  wakes?: (type: string) => boolean;
  /** Claims its rows by itself: so many turns may run beside each other, since a slow gateway must not hold up the others' messages. */
  turns?: number;
  /** Time may have passed while nothing ran. */
  atStart?: boolean;
}

const MINUTE = 60_000;
/** Events that follow each other wake a job once, in milliseconds. */
const WAKE_AFTER = 300;

/** All jobs may run twice without harm; the lock only saves the other processes the work. */
const JOBS: readonly Job[] = [
  { name: "close_past_days", everyMs: MINUTE, run: closePastDays },
  { name: "tend_appointments", everyMs: MINUTE / 4, run: () => tendAppointments(database()) },
  { name: "make_slots", everyMs: 2 * MINUTE, run: () => makeAllSlots(database()), wakes: (type) => /^(stock|window|line|hall_day|openings)\.(created|changed)$/.test(type), atStart: true },
  { name: "seal_ledgers", everyMs: MINUTE, run: () => sealLedgers(database()) },
  {
    name: "forget_expired", everyMs: 10 * MINUTE, run: async () => {
      await sql`delete from idempotency where created_at < app_now() - interval '24 hours'`.execute(database());
      await sql`delete from pairings where expires_at < app_now() - interval '1 day'`.execute(database());
      await forgetExpired(database());
      await forgetOldPersons(database());
      await sql`delete from rate_limits where expire < extract(epoch from now()) * 1000`.execute(database());
      await forgetMessages();
    },
  },
  { name: "foresee_halls", everyMs: MINUTE / 3, run: () => foreseeHalls(database()) },
  { name: "recalibrate_halls", everyMs: 10 * MINUTE, run: () => recalibrateHalls(database()), atStart: true },
  { name: "advise_windows", everyMs: 5 * MINUTE, run: () => adviseAllHalls(database()) },
  { name: "watch_waits", everyMs: MINUTE / 2, run: () => watchAllHalls(database()) },
  { name: "remind_halls", everyMs: 3_000, run: () => remindHalls(), wakes: moves },
  { name: "send_messages", turns: 4, everyMs: 1_000, run: () => sendAllDue() },
];

/** Runs the periodic jobs; with several processes one of them does each. */
export function startJobs(): { stop(): Promise<void> } {
  let stopped = false;
  const running = new Set<Promise<void>>();
  const turns = new Map<number, number>();
  const begin = (job: Job, index: number) => {
    if (stopped || (job.turns !== undefined && (turns.get(index) ?? 0) >= job.turns)) return;
    turns.set(index, (turns.get(index) ?? 0) + 1);
    const turn = runOnce(job, index).finally(() => {
      turns.set(index, turns.get(index)! - 1);
      running.delete(turn);
    });
    running.add(turn);
  };
  const timers = JOBS.map((job, index) => setInterval(() => begin(job, index), job.everyMs));
  JOBS.forEach((job, index) => job.atStart && begin(job, index));
  const woken = new Map<number, NodeJS.Timeout>();
  const stopListening = onCommitted((_hall, events) => JOBS.forEach((job, index) => {
    if (!job.wakes || woken.has(index) || !events.some(({ type }) => job.wakes!(type))) return;
    woken.set(index, setTimeout(() => {
      woken.delete(index);
      begin(job, index);
    }, WAKE_AFTER));
  }));
  return {
    async stop() {
      stopped = true;
      stopListening();
      woken.forEach(clearTimeout);
      timers.forEach(clearInterval);
      await Promise.allSettled(running);
    },
  };
}

const LOCK_CLASS = 7_331;

async function runOnce(job: Job, index: number): Promise<void> {
  try {
    if (job.turns !== undefined) return void (await job.run());
    await database().connection().execute(async (connection) => {
      const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${LOCK_CLASS}, ${index}) as got`.execute(connection);
      if (!rows[0]!.got) return;
      try {
        await job.run();
      } finally {
        await sql`select pg_advisory_unlock(${LOCK_CLASS}, ${index})`.execute(connection);
      }
    });
  } catch (error) {
    if (!isUnavailable(error)) log().error({ err: error, job: job.name }, "job failed");
  }
}
