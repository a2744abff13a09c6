/** The server program of `npm run bench simulate`: at SIGUSR2 it begins to make four plans at once, over and over, at the next one it stops. */
import { inThread } from "@/lib/kernel/threads";
import type { simulateScenario } from "@/lib/planner/simulate/model";
import { scenarioSchema } from "@/lib/planner/simulate/schema";
import "../support/serve";

const PLANS = 4;
const scenario = scenarioSchema.parse({
  arrivalsPerHour: 36, service: { kind: "exponential", mean: 8 }, windows: 6, discipline: "policy", classes: [{ name: "regular", share: 0.7 }, { name: "older", share: 0.3, credit: 20 }], customers: 2_000_000,
});
let planning = false;
let made = 0;

process.on("SIGUSR2", () => {
  planning = !planning;
  if (!planning) return console.log(JSON.stringify({ plans: made }));
  const plan = async (seed: number): Promise<void> => {
    await inThread<typeof simulateScenario>("src/lib/planner/simulate/model.ts", "simulateScenario", scenario, { seed });
    made++;
    if (planning) await plan(seed + PLANS);
  };
  for (let seed = 0; seed < PLANS; seed++) void plan(seed);
});
