/**
 * Bundles the call board (src/board) into public/board.js and public/board.css. The board is no Next page: a wall screen
 * runs for weeks and needs little. `node scripts/build-board.mjs` prints the size; `npm start` calls buildBoard().
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const inRoot = (...parts) => path.join(root, ...parts);

/** @returns {Promise<{ js: number, css: number }>} gzipped sizes in bytes */
export async function buildBoard({ outdir = inRoot("public") } = {}) {
  const shared = { bundle: true, minify: true, target: "es2020", outdir, logLevel: "warning", legalComments: "none" };
  await Promise.all([
    build({
      ...shared,
      entryPoints: { board: inRoot("src/board/main.tsx") },
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      tsconfig: inRoot("src/board/tsconfig.json"),
      define: { "process.env.NODE_ENV": '"production"' },
    }),
    build({ ...shared, entryPoints: { board: inRoot("src/board/board.css") } }),
  ]);
  const gzipped = async (name) => gzipSync(await readFile(path.join(outdir, name))).length;
  return { js: await gzipped("board.js"), css: await gzipped("board.css") };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { js, css } = await buildBoard();
  console.log(`board.js ${(js / 1000).toFixed(1)} kB, board.css ${(css / 1000).toFixed(1)} kB gzipped`);
}
