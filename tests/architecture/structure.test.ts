import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
// @ts-expect-error -- the lint configuration is plain JavaScript
import { RANKS } from "../../eslint.config.mjs";

const files = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile() && /\.tsx?$/.test(file.name)).map((file) => path.join(file.parentPath, file.name));
const imports = (file: string): string[] => [...readFileSync(file, "utf8").matchAll(/(?:from|import\() ?"([^"]+)"/g)].map((match) => match[1]!);
const ranks = RANKS as string[][];
const rankOf = (module: string): number => ranks.findIndex((rank) => rank.includes(module));

describe("structure", () => {
  it("every module of src/lib has a rank", () => {
    const modules = readdirSync("src/lib", { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(modules.filter((module) => rankOf(module) < 0)).toEqual([]);
  });

  it("imports point downwards only, never sideways, and only to another module's public files", () => {
    const wrong: string[] = [];
    for (const file of files("src/lib")) {
      const own = file.split(path.sep)[2]!;
      for (const target of imports(file)) {
        const [, other] = /^@\/lib\/([^/]+)\//.exec(target) ?? [];
        if (other && other !== own && (rankOf(other) >= rankOf(own) || /\/sql$/.test(target))) wrong.push(`${file} → ${target}`);
        if (/^@\/(app|components|api|server|setup|simulate)\b/.test(target)) wrong.push(`${file} → ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("the database drivers are imported where data is read and written only", () => {
    const wrong = files("src").filter((file) => !/src\/lib\/(db|ledger)\/|(data|data-\w+|commands|sql|guide|overview|relay)\.ts$|src\/(setup|jobs|api|simulate)/.test(file) && imports(file).some((target) => target === "pg" || target === "kysely"));
    expect(wrong).toEqual([]);
  });

  it("no barrels, no default exports outside of pages, no machine's clock where the database decides", () => {
    const all = files("src").filter((file) => !file.endsWith("db/types.ts"));
    expect(all.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([]);
    expect(all.filter((file) => !file.startsWith("src/app/") && /^export default /m.test(readFileSync(file, "utf8")))).toEqual([]);
    const decisions = all.filter((file) => /src\/lib\/(queue|windows)\/.*commands\.ts$/.test(file));
    expect(decisions.filter((file) => /Date\.now\(\)|new Date\(\)/.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("files stay readable: none above 350 lines", () => {
    const long = files("src").filter((file) => !file.endsWith("db/types.ts")).map((file) => ({ file, lines: readFileSync(file, "utf8").split("\n").length })).filter(({ lines }) => lines > 350);
    expect(long).toEqual([]);
  });
});

/** Security floors of the dependencies (reliability.md section 1), as [package, least version]. */
const FLOORS: [string, string][] = [
  ["next", "16.4.6"], ["react", "19.3.1"], ["react-dom", "19.3.1"], ["socket.io", "4.8.4"], ["engine.io", "6.6.11"], ["socket.io-parser", "4.2.7"], ["ws", "8.23.0"], ["next-auth", "4.24.15"], ["sharp", "0.35.5"],
];

describe("versions", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, { version?: string; resolved?: string }> };
  const atLeast = (version: string, floor: string): boolean => version.localeCompare(floor, "en", { numeric: true }) >= 0;

  it.each(FLOORS)("every %s in the lockfile is at least %s", (name, floor) => {
    const found = Object.entries(lock.packages).filter(([key]) => key === `node_modules/${name}` || key.endsWith(`/node_modules/${name}`));
    for (const [key, { version }] of found) expect(atLeast(version!, floor), `${key} ${version}`).toBe(true);
    if (name !== "sharp") expect(found.length).toBeGreaterThan(0);
  });

  it("the lockfile names no address of a registry", () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
