import { spawn } from "node:child_process";
import net from "node:net";
import { afterAll, describe, expect, it } from "vitest";

/** Runs the start program as an operator would and returns how it ended. */
function start(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], { env: { ...process.env, ...env } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.once("exit", (code) => resolve({ code, output: output.trim() }));
  });
}

const holder = net.createServer();
afterAll(() => void holder.close());

describe("a start that cannot succeed says why in one sentence and ends with an exit code", () => {
  it("port in use", async () => {
    await new Promise<void>((resolve) => holder.listen(0, "0.0.0.0", resolve));
    const { port } = holder.address() as net.AddressInfo;
    const { code, output } = await start({ PORT: String(port) });
    expect(code).toBe(1);
    expect(output).toBe(`Port ${port} is in use. Stop the other program or start with another one: PORT=${port + 1} npm start`);
  });

  it("unreachable database", async () => {
    const { code, output } = await start({ PORT: "0", DATABASE_URL: "postgres://yiting:x@127.0.0.1:1/yiting" });
    expect(code).toBe(1);
    expect(output).toMatch(/^The database in DATABASE_URL cannot be reached: .*ECONNREFUSED.*\.$|^The database in DATABASE_URL cannot be reached: .*\?$/);
    expect(output.split("\n")).toHaveLength(1);
  });

  it("wrong environment", async () => {
    const { code, output } = await start({ PORT: "0", SECRET: "short" });
    expect(code).toBe(1);
    expect(output).toBe("Wrong environment: SECRET must have at least 32 characters. See .env.example.");
  });

  it("a migration that the database has and the program has not", async () => {
    const { pool } = await import("@/lib/db/database");
    const name = "9999_from_the_future";
    await pool().query("insert into kysely_migration (name, timestamp) values ($1, now())", [name]);
    const { code, output } = await start({ PORT: "0", DATABASE_URL: process.env.DATABASE_URL! });
    await pool().query("delete from kysely_migration where name = $1", [name]);
    expect(code).toBe(1);
    expect(output).toContain(`The database has migration ${name}, which this program does not have.`);
  });
});
