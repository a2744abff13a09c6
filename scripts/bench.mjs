// `npm run bench [name]`
import { ensureInstalled, runTs } from "./bootstrap.mjs";

ensureInstalled();
runTs("tests/bench/run.ts", process.argv.slice(2));
