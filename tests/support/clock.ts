import { pool } from "@/lib/db/database";

let offset = 0;

/** Moves this test's clock forward: what follows happens that many seconds later, as the database sees it. */
export async function later(seconds: number): Promise<void> {
  const name = new URL(process.env.DATABASE_URL!).pathname.slice(1);
  if (!name.includes("test")) throw new Error("only test databases may have their clock moved");
  offset += seconds;
  await pool().query(`create or replace function app_now() returns timestamptz language sql volatile as $$ select clock_timestamp() + make_interval(secs => ${Number(offset)}) $$`);
}
