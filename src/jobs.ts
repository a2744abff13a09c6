import { sql } from "kysely";
import { database } from "@/lib/db/database";
import { isUnavailable } from "@/lib/db/faults";
import { log } from "@/lib/env/log";
import { sealLedgers } from "@/lib/ledger/seal";
import { closePastDays } from "@/lib/queue/day/commands";

interface Job {
  name: string;
  everyMs: number;
  run: () => Promise<unknown>;
}

const MINUTE = 60_000;

/** All jobs may run twice without harm; the lock only saves the other processes the work. */
const JOBS: readonly Job[] = [
  { name: "close_past_days", everyMs: MINUTE, run: closePastDays },
  { name: "seal_ledgers", everyMs: MINUTE, run: () => sealLedgers(database()) },
  {
    name: "forget_expired", everyMs: 10 * MINUTE, run: async () => {
      await sql`delete from idempotency where created_at < app_now() - interval '24 hours'`.execute(database());
      await sql`delete from pairings where expires_at < app_now() - interval '1 day'`.execute(database());
      await sql`delete from rate_limits where expire < extract(epoch from now()) * 1000`.execute(database());
    },
  },
];

/** Runs the periodic jobs; with several processes one of them does each. */
export function startJobs(): { stop(): Promise<void> } {
  let stopped = false;
  const running = new Set<Promise<void>>();
  const timers = JOBS.map((job, index) => setInterval(() => {
    const turn = runOnce(job, index).finally(() => running.delete(turn));
    if (!stopped) running.add(turn);
  }, job.everyMs));
  return {
    async stop() {
      stopped = true;
      timers.forEach(clearInterval);
      await Promise.allSettled(running);
    },
  };
}

const LOCK_CLASS = 7_331;

async function runOnce(job: Job, index: number): Promise<void> {
  try {
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
