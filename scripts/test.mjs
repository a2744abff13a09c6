// `npm test` on a fresh clone: installs what is missing, then runs everything.
import { ensureInstalled, runTs } from "./bootstrap.mjs";

ensureInstalled();
runTs("scripts/test.ts", process.argv.slice(2));
