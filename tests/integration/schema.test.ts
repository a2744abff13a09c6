import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { sealLedgers, checkLedger } from "@/lib/ledger/seal";
import { pool } from "@/lib/db/database";
import { act, db, demo, must, take } from "../support/hall";
import { ok } from "@/lib/kernel/result";

describe("schema", () => {
  it("the committed types are those of the database", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "yiting-types-"));
    const file = path.join(folder, "types.ts");
    execFileSync("bash", ["scripts/generate-types.sh", file], { env: { ...process.env }, stdio: "pipe" });
    expect(readFileSync(file, "utf8")).toBe(readFileSync("src/lib/db/types.ts", "utf8"));
    rmSync(folder, { recursive: true });
  });

  it("a second migration does nothing; a missing or a wrong one gives one clear sentence", async () => {
    expect(await migrate(db())).toEqual([]);
    const folder = mkdtempSync(path.join(tmpdir(), "yiting-migrations-"));
    await expect(migrate(db(), folder)).rejects.toThrow(/The database has migration 0001_foundation, which this program does not have/);
    cpSync("migrations", folder, { recursive: true });
    writeFileSync(path.join(folder, "9999_wrong.sql"), "create tabel oops ();");
    await expect(migrate(db(), folder)).rejects.toThrow(/Migration 9999_wrong failed/);
    rmSync(folder, { recursive: true });
  });
});

describe("ledger", () => {
  it("is append-only, and a change behind its back is found by the seals", async () => {
    await take({ line: "T" });
    await expect(pool().query("update events set actor = 'nobody'")).rejects.toThrow(/append-only/);
    await expect(pool().query("delete from events")).rejects.toThrow(/append-only/);
    expect(await sealLedgers(db())).toBeGreaterThan(0);
    const hall = await demo();
    expect(await checkLedger(db(), hall.id)).toEqual([]);
    await pool().query("alter table events disable trigger events_append_only");
    await pool().query("update events set actor = 'somebody else' where hall_id = $1 and seq = 3", [hall.id]);
    expect(await checkLedger(db(), hall.id)).toEqual([expect.stringContaining("were changed after they were sealed")]);
  });

  it("a refused command leaves no event and no gap (I8, I11)", async () => {
    const before = await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", (await demo()).id).executeTakeFirstOrThrow();
    const refused = await act(async (ctx) => {
      await ctx.append("zone.created", "zone:0", {});
      return { ok: false, code: "step_refused", details: {} } as const;
    });
    expect(refused.ok).toBe(false);
    must(await act(async () => ok(true)));
    expect(await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", (await demo()).id).executeTakeFirstOrThrow()).toEqual(before);
  });
});
