// `npm start` on a fresh clone: installs what is missing, then hands over to scripts/start.ts. Needs only Node and npm.
import { ensureInstalled, runTs } from "./bootstrap.mjs";

ensureInstalled();
runTs("scripts/start.ts", process.argv.slice(2));
