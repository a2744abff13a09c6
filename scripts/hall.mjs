// `npm run hall -- <command>`: the operator's command line.
import { ensureInstalled, runTs } from "./bootstrap.mjs";

ensureInstalled();
runTs("scripts/hall.ts", process.argv.slice(2));
