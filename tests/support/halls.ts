import path from "node:path";
import type { Database } from "@/lib/db/database";
import { importHall, readHallFolder } from "@/setup/import";
import { loadShared } from "@/setup/demo";

/** The halls every test finds: the demo halls, loaded by the import that administrators use. */
export async function loadTestHalls(db: Database): Promise<void> {
  const data = path.resolve("data");
  await loadShared(db, data);
  for (const code of ["demo", "demo2"]) await importHall(db, await readHallFolder(path.join(data, "halls", code)));
}
