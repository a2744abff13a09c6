import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { createToken } from "@/lib/auth/commands";
import { createDatabase, createPool } from "@/lib/db/database";
import { startEmbedded } from "@/lib/db/embedded";
import { migrate } from "@/lib/db/migrate";
import { verifyHall } from "@/lib/queue/ledger/data";
import { loadTestHalls } from "../support/halls";
import { send, sleep, startProcess } from "../support/server";

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(path.join(tmpdir(), "yiting-restart-"));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

describe("embedded PostgreSQL", () => {
  it("F2: PostgreSQL restarts during calls: the server stays up, committed calls survive, nobody is called twice", async () => {
    const home = folder();
    let postgres = await startEmbedded(home);
    const { port } = new URL(postgres.url);
    const pool = createPool(postgres.url, 4);
    const db = createDatabase(pool);
    await migrate(db);
    await loadTestHalls(db);
    const hall = await db.selectFrom("halls").select("id").where("code", "=", "demo").executeTakeFirstOrThrow();
    const [clerk, kiosk] = await Promise.all([createToken(db, { role: "clerk", hallId: hall.id }), createToken(db, { role: "device", hallId: hall.id })]);
    const server = await startProcess({ DATABASE_URL: postgres.url });
    const post = async (route: string, token: string, body?: unknown) => {
      const key = randomUUID();
      for (let attempt = 0; attempt < 200; attempt++) {
        const answer = await send(server.origin, "POST", route, { token, key, body }).catch(() => undefined);
        if (answer && answer.status < 500) return answer;
        await sleep(50);
      }
      throw new Error(`no answer to ${route}`);
    };
    for (let i = 0; i < 30; i++) expect((await post("/halls/demo/tickets", kiosk, { line: "T", channel: "kiosk" })).status).toBe(201);
    await post("/halls/demo/windows/T01/open", clerk);
    const called: string[] = [];
    const work = (async () => {
      for (let i = 0; i < 30; i++) {
        called.push((await post("/halls/demo/windows/T01/call-next", clerk)).body.ticket.number);
        await post("/halls/demo/windows/T01/start", clerk);
        await post("/halls/demo/windows/T01/finish", clerk);
      }
    })();
    for (let restart = 0; restart < 2; restart++) {
      await sleep(150);
      const text = await readFile(path.join(home, "pg", "postmaster.pid"), "utf8");
      process.kill(Number(text.split("\n")[0]), "SIGQUIT");
      await sleep(400);
      postgres = await startEmbedded(home, [], Number(port));
    }
    await work;
    expect(new Set(called).size).toBe(30);
    expect(server.child.exitCode).toBeNull();
    const fresh = createPool(postgres.url, 2);
    expect((await verifyHall(createDatabase(fresh), hall.id)).faults).toEqual([]);
    await fresh.end();
    await pool.end().catch(() => undefined);
    await server.kill("SIGTERM");
    await postgres.stop();
  }, 120_000);

  it("takes over a server that a killed program left behind", async () => {
    const home = folder();
    const first = await startEmbedded(home);
    const second = await startEmbedded(home);
    expect(second.adopted).toBe(true);
    expect(second.url).toBe(first.url);
    await second.stop();
  });

  it("a damaged data folder gives one clear sentence", async () => {
    const home = folder();
    const server = await startEmbedded(home);
    await server.stop();
    writeFileSync(path.join(home, "pg", "global", "pg_control"), "broken");
    await expect(startEmbedded(home)).rejects.toThrow(/The data folder .* is damaged .*Restore a backup/);
    rmSync(path.join(home, "pg", "PG_VERSION"));
    await expect(startEmbedded(home)).rejects.toThrow(/PG_VERSION is missing/);
  });
});
