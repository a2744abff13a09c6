import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

interface Row {
  id: string;
  module: string;
  strength: string;
}

export interface Coverage {
  /** True when the last `npm test` ran; otherwise titles only. */
  ran: boolean;
  modules: { module: string; rows: number; must: number; should: number; proven: number; provenMust: number; provenShould: number; unproven: string[] }[];
}

const REGISTER = "../shared/requirements.md";
const ID = /\[((?:JY|ZN|HN|GD|BG)-[\w.]+)\]/g;
export const RESULTS = ".data/test/titles.json";

/** Rows of the register, in the order of its modules. */
export async function readRegister(file = REGISTER): Promise<Row[]> {
  if (!existsSync(file)) return [];
  const rows: Row[] = [];
  let module = "";
  for (const line of (await readFile(file, "utf8")).split("\n")) {
    module = /^### (M\d\d)/.exec(line)?.[1] ?? module;
    const cells = line.split("|").map((cell) => cell.trim());
    if (module && /^(JY|ZN|HN|GD|BG)-/.test(cells[1] ?? "")) rows.push({ id: cells[1]!, module, strength: cells[2]! });
  }
  return rows;
}

/** Ids in the titles of tests that passed in the last run; without a run, ids in the sources of the tests. */
async function provenIds(): Promise<{ ran: boolean; ids: Set<string> }> {
  if (existsSync(RESULTS)) {
    const titles = JSON.parse(await readFile(RESULTS, "utf8")) as string[];
    return { ran: true, ids: idsIn(titles.join("\n")) };
  }
  const files = (await Promise.all(["tests", "e2e"].filter((folder) => existsSync(folder)).map((folder) => readdir(folder, { recursive: true, withFileTypes: true })))).flat();
  const texts = await Promise.all(files.filter((file) => file.isFile() && file.name.endsWith(".ts")).map((file) => readFile(path.join(file.parentPath, file.name), "utf8")));
  return { ran: false, ids: idsIn(texts.join("\n")) };
}

const idsIn = (text: string): Set<string> => new Set([...text.matchAll(ID)].map((match) => match[1]!));

export async function coverage(): Promise<Coverage> {
  const [rows, { ran, ids }] = await Promise.all([readRegister(), provenIds()]);
  const names = [...new Set(rows.map((row) => row.module))];
  return {
    ran,
    modules: names.map((module) => {
      const own = rows.filter((row) => row.module === module);
      const must = own.filter((row) => row.strength === "应");
      const should = own.filter((row) => row.strength === "宜" || row.strength === "令");
      const proven = (list: Row[]) => list.filter((row) => ids.has(row.id)).length;
      return { module, rows: own.length, must: must.length, should: should.length, proven: proven(own), provenMust: proven(must), provenShould: proven(should), unproven: own.filter((row) => !ids.has(row.id)).map((row) => row.id) };
    }),
  };
}

/** Prints which rows are proved, per module. */
export async function requirements(json: boolean): Promise<void> {
  const result = await coverage();
  if (json) return console.log(JSON.stringify(result));
  if (result.modules.length === 0) return console.log("The requirements register is not here.");
  console.log(result.ran ? "Rows proved by tests that passed in the last npm test:" : "Rows named in test titles (no test run found):");
  for (const row of result.modules) console.log(`${row.module}  ${String(row.proven).padStart(3)} of ${String(row.rows).padStart(3)}   应 ${row.provenMust}/${row.must}   宜令 ${row.provenShould}/${row.should}`);
}
