import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { publishNegativeList } from "@/lib/catalog/residency/register-commands";
import type { Database } from "@/lib/db/database";
import { ok } from "@/lib/kernel/result";
import { changeHall } from "@/lib/ledger/commands";
import { accountsWithoutPassword, resetPassword } from "@/lib/staff/commands";
import { importGlobalTable, importHall, readHallFolder, readTable, requireClean } from "./import";

export interface DemoAccount {
  hall: string;
  username: string;
  role: string;
  password: string;
}

/** Accounts that a first start prints; the others get their password from an administrator. */
const SHOWN = ["admin", "clerk1", "clerk2", "guide1", "auditor", "sysadmin", "secadmin", "admin2", "clerk21"];

/**
 * Loads code tables, regions, calendar and the two demo halls once, and gives the shown accounts random passwords that
 * must be changed at the first sign-in. Returns undefined when the halls are there already.
 */
export async function loadDemo(db: Database, folder = path.resolve("data")): Promise<DemoAccount[] | undefined> {
  if (await db.selectFrom("halls").select("id").limit(1).executeTakeFirst()) return undefined;
  await loadShared(db, folder);
  const accounts: DemoAccount[] = [];
  for (const code of (await readdir(path.join(folder, "halls"))).sort()) {
    const tables = await readHallFolder(path.join(folder, "halls", code));
    const hall = await importHall(db, tables);
    await changeHall(db, { hall, actor: "import" }, async (ctx) => {
      // What stays outside is public from the first day on: the entries in force are version 1 of the list (BG-C02a).
      if (tables.rows.negativeList.length > 0) await publishNegativeList(ctx, "首次公布");
      for (const { id, username } of await accountsWithoutPassword(ctx)) {
        if (!SHOWN.includes(username)) continue;
        const password = await resetPassword(ctx, id, "platform");
        const { role } = await ctx.tx.selectFrom("staff").select("role").where("id", "=", id).executeTakeFirstOrThrow();
        if (password.ok) accounts.push({ hall: code, username, role, password: password.value });
      }
      return ok(true);
    });
  }
  return accounts;
}

/** What all halls share: code tables with their mappings, regions, national calendar. */
export async function loadShared(db: Database, folder: string): Promise<void> {
  const load = async (kind: "codes" | "codemaps" | "regions" | "calendar" | "layouts" | "targets" | "packageTargets" | "fieldMaps", file: string) => requireClean(await importGlobalTable(db, kind, readTable(await readFile(path.join(folder, file), "utf8"))), file);
  await load("codes", "codes.csv");
  await load("codemaps", "code-maps.csv");
  await load("regions", "regions.csv");
  await load("layouts", "layout-templates.csv");
  await load("targets", "residency-targets.csv");
  await load("packageTargets", "package-targets.csv");
  await load("fieldMaps", "field-maps.csv");
  for (const file of (await readdir(path.join(folder, "calendar"))).sort()) await load("calendar", `calendar/${file}`);
}
