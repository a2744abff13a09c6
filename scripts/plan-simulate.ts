import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { OperatorError } from "@/lib/kernel/errors";
import { simulateScenario } from "@/lib/planner/simulate/model";
import { type Scenario, scenarioSchema } from "@/lib/planner/simulate/schema";

/** What `plan simulate --help` adds to the first lines of the general help. */
const HELP = `Usage: npm run hall -- plan simulate --scenario <file or {json}> [--runs <n>] [--seed <n>]

The scenario: {arrivalsPerHour, classes, service, windows, patience?, discipline, customers?, hours?}
  arrivalsPerHour  visitors an hour, or [{start, end, arrivals}]: visitors in each interval
  windows          a number, or [{start, end, windows}]; those of the last interval stay until nobody waits
  start, end       "09:30", an ISO time, or minutes
  classes          [{name, share, credit?, priority?}]: credit in minutes (discipline policy); priority 1 goes before 2, none goes last (discipline priority)
  service          {kind: exponential | lognormal | deterministic, mean, cv?}; minutes, cv 1 unless given, for lognormal only
  patience         {mean}: exponential, minutes; who is not called by then leaves
  customers        visitors of each run; hours: length of each run, begun empty and ended when the last one is served

Constant rates without hours give the long-run figures after a warm-up; without customers and runs it goes on until the 99 % intervals are narrower than 1 %.
Anything that changes with time, and overload, is simulated as days from empty to empty, as many as --runs says or the same width wants.
Waits are minutes of everybody who came, until the call or until leaving; abandoned and utilisation are shares; seconds is the time it took.`;

/** `plan simulate`: the words after its name. Prints one JSON document. */
export async function planSimulate(words: string[]): Promise<void> {
  const { values } = parseArgs({ args: words, options: { scenario: { type: "string" }, runs: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return console.log(HELP);
  if (!values.scenario) throw new OperatorError("plan simulate needs --scenario <json file>. See npm run hall -- plan simulate --help");
  const runs = whole("runs", values.runs, 1);
  const seed = whole("seed", values.seed, 0) ?? 1;
  const scenario = await readScenario(values.scenario);
  const begun = performance.now();
  const result = simulateScenario(scenario, { runs, seed });
  console.log(JSON.stringify({ ...result, seconds: (performance.now() - begun) / 1_000 }, null, 2));
}

function whole(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least) throw new OperatorError(`--${name} needs a whole number of at least ${least}.`);
  return number;
}

async function readScenario(source: string): Promise<Scenario> {
  const inline = source.trimStart().startsWith("{");
  const text = inline ? source : await readFile(source, "utf8").catch(() => { throw new OperatorError(`${source} cannot be read.`); });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new OperatorError(`The scenario is not JSON: ${(error as Error).message}`);
  }
  const parsed = scenarioSchema.safeParse(json);
  if (!parsed.success) throw new OperatorError(`The scenario is wrong:\n${parsed.error.issues.flatMap(problems).join("\n")}`);
  return parsed.data;
}

/** One line for each wrong field; of alternatives (a number or a list) the one that fits best tells what is wrong. */
function problems(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_union") {
    const deepest = issue.errors.map((errors) => errors.map((each) => ({ ...each, path: [...issue.path, ...each.path] }))).sort((a, b) => depth(b) - depth(a))[0] ?? [];
    return deepest.flatMap(problems);
  }
  return [`  ${issue.path.join(".") || "scenario"}: ${issue.message}`];
}

const depth = (issues: readonly { path: readonly PropertyKey[] }[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
