import { pool } from "@/lib/db/database";

let offset = 0;

/** Moves this test's clock forward: what follows happens that many seconds later, as the database sees it. */
export async function later(seconds: number): Promise<void> {
  const name = new URL(process.env.DATABASE_URL!).pathname.slice(1);
  if (!name.includes("test")) throw new Error("only test databases may have their clock moved");
  offset += seconds;
  await pool().query(`create or replace function app_now() returns timestamptz language sql volatile as $$ select clock_timestamp() + make_interval(secs => ${Number(offset)}) $$`);
}

/** Ten in the morning of the next day where the demo halls lie: a day that does not end, and windows that do not open by themselves, on the way. */
export async function tenOfNextDay(): Promise<void> {
  const { rows } = await pool().query<{ seconds: number }>("select extract(epoch from ((app_now() at time zone 'Asia/Shanghai')::date + 1 + time '10:00') at time zone 'Asia/Shanghai' - app_now())::int as seconds");
  await later(rows[0]!.seconds);
}
