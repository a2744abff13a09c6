import { importColumns } from "@/components/exchange/columns";
import type { Place } from "@/components/admin/place";
import { createImport, startImport } from "@/lib/exchange/commands";
import { importFacts } from "@/lib/exchange/data";
import { runImport } from "@/lib/exchange/run/commands";
import { readUpload } from "@/lib/exchange/upload";
import { writeTable } from "@/lib/exchange/write";
import { database } from "@/lib/db/database";
import { Connection, quantile } from "./http-client";
import { buildWorld } from "./world";

const ROWS = 5_000;
const LIMIT_SECONDS = 30;

/** 5,000 items as a workbook: read, every row checked, applied; numbers are taken in the same hall meanwhile. */
export async function importItems(): Promise<void> {
  const world = await buildWorld(1, 4);
  try {
    const hall = world.halls[0]!;
    const { rows: [department] } = await world.db.query<{ code: string }>("select code from departments limit 1");
    const { rows: [field] } = await world.db.query<{ code: string }>("select code from fields limit 1");
    const place = { staff: { role: "hall_admin", actor: "token:1" }, locale: "zh", halls: [], choosing: false, hall: { ...hall, name: "", nameEn: "", timeZone: "Asia/Shanghai" } } as unknown as Place;
    const heads = ["code", "name", "nameEn", "kind", "department", "field", "line", "minutes", "aliases"];
    const { body } = await writeTable("xlsx", "items", heads, Array.from({ length: ROWS }, (_, i) => [`B${i}`, `第${i}号许可事项的核发与变更登记`, `Licence ${i}`, "01", department!.code, field!.code, "ABC"[i % 3]!, "10", `${i}号证|办${i}号`]));
    const file = new Uint8Array(await new Response(body).arrayBuffer());

    const connection = await Connection.open(Number(new URL(world.origin).port));
    const waits: number[] = [];
    let busy = true;
    const tickets = (async () => {
      while (busy) {
        const pressed = performance.now();
        await connection.post(`/api/v1/halls/${hall.code}/tickets`, hall.kiosk, JSON.stringify({ line: "A", channel: "kiosk" }));
        waits.push(performance.now() - pressed);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    const started = performance.now();
    const mark: Record<string, number> = {};
    const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => { const from = performance.now(); const value = await work(); mark[name] = (performance.now() - from) / 1000; return value; };
    const sheet = await timed("read", () => readUpload(file));
    if (!sheet.ok) throw new Error(sheet.code);
    const columns = await importColumns("items", place);
    const created = await timed("store", () => createImport(database(), hall, "token:1", { kind: "items", fileName: "bench.xlsx", sheet: sheet.value, columns }));
    if (!created.ok) throw new Error(created.code);
    await timed("check", () => runImport(database(), created.value));
    await startImport(database(), hall, "token:1", created.value, "apply");
    await timed("apply", () => runImport(database(), created.value));
    const seconds = (performance.now() - started) / 1000;
    busy = false;
    await tickets;
    connection.close();
    const facts = await importFacts(database(), hall.id, created.value);
    if (facts.outcomes.created !== ROWS) throw new Error(`only ${facts.outcomes.created} of ${ROWS} rows were written`);
    const parts = Object.entries(mark).map(([name, part]) => `${name} ${part.toFixed(1)} s`).join(", ");
    console.log(`import: ${ROWS} items in ${seconds.toFixed(1)} s (${parts}), ${waits.length} numbers taken meanwhile, median ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms (limit ${LIMIT_SECONDS} s) ${seconds < LIMIT_SECONDS ? "met" : "MISSED"}`);
  } finally {
    await world.stop();
  }
}
