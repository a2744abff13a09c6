/** `npm run bench [name]`: each prints its figure, the peer's figure or the limit, and the ratio, from the same run. */
import { booking } from "./booking";
import { callNext } from "./call-next";
import { catalogue } from "./catalogue";
import { estimateBench } from "./estimate";
import { fanOut, serveWsPeer } from "./fan-out";
import { importItems } from "./import";
import { openingRush } from "./rush";
import { simulateBench } from "./simulate";

const BENCHES: Record<string, () => Promise<void>> = {
  "call-next": () => callNext({ name: "call-next, 50 halls, 8 in flight", halls: 50, windows: 32, inFlight: 8, target: 0.4 }),
  "call-next-one-hall": () => callNext({ name: "call-next, one hall, 16 in flight", halls: 1, windows: 800, inFlight: 16, target: 0.3 }),
  "press-to-screen": fanOut,
  "opening-rush": openingRush,
  import: importItems,
  catalogue,
  booking,
  simulate: simulateBench,
  estimate: estimateBench,
};

const [name] = process.argv.slice(2);
if (name === "--ws-peer") serveWsPeer();
else if (name && !(name in BENCHES)) {
  console.error(`There is no benchmark ${name}. Known: ${Object.keys(BENCHES).join(", ")}`);
  process.exitCode = 1;
} else {
  for (const [each, run] of Object.entries(BENCHES)) if (!name || name === each) await run();
  process.exit();
}
