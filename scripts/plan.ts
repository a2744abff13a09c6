/** `plan erlang|windows|simulate`: the planner on the command line; needs no database. Each prints one JSON document. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { impatientServers } from "@/lib/planner/erlang/impatience";
import { erlangB, manyServers, offeredLoad, pWaitOver } from "@/lib/planner/erlang/model";
import { planWindows } from "@/lib/planner/windows/model";
import { demandSpans } from "@/lib/planner/windows/schema";
import { OperatorError } from "@/lib/kernel/errors";

/** Options of one subcommand, checked; what is wrong is said with the option's name. */
function read<S extends z.ZodObject>(words: string[], schema: S): z.output<S> {
  const { values, positionals } = parseArgs({ args: words, options: Object.fromEntries(Object.keys(schema.shape).map((name) => [name, { type: "string" as const }])), allowPositionals: true });
  if (positionals.length > 0) throw new OperatorError(`${positionals[0]!} is not understood here.`);
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new OperatorError(path.length > 0 ? `--${path.join(".")} ${message}.` : message);
}

const number = (what: string, check: (value: number) => boolean) => z.string(`needs ${what}`).refine((text) => text.trim() !== "" && Number.isFinite(Number(text)) && check(Number(text)), `needs ${what}`).transform(Number);
const positive = number("a number above 0", (value) => value > 0);
const minutes = number("a number of minutes, 0 or more", (value) => value >= 0);

const erlangOptions = z.object({
  model: z.enum(["b", "c", "a"], "needs b, c or a"), arrivals: number("a number of arrivals per hour, 0 or more", (value) => value >= 0), service: positive,
  servers: number("a whole number from 1 to 1000000", (value) => Number.isInteger(value) && value >= 1 && value <= 1_000_000), patience: positive.optional(), within: minutes.optional(),
});

/** Exact figures of one queue; nothing but `stable: false` in overload. */
async function planErlang(words: string[]): Promise<void> {
  const { model, arrivals, service, servers, patience, within } = read(words, erlangOptions);
  if (model === "a" && patience === undefined) throw new OperatorError("--patience is needed by model a.");
  if (model !== "a" && patience !== undefined) throw new OperatorError(`--patience belongs to model a, not to ${model}.`);
  const queue = { arrivalsPerHour: arrivals, serviceMinutes: service, servers };
  print({ model, ...figures() });

  function figures(): object {
    // Who finds every server busy goes away: nobody waits.
    if (model === "b") return { stable: true, offeredLoad: offeredLoad(queue), pBlock: erlangB(servers, offeredLoad(queue)), pWait: 0, meanWait: 0, meanQueue: 0, ...(within === undefined ? {} : { pWaitOver: 0 }) };
    if (model === "a") return impatientServers({ ...queue, patienceMinutes: patience! }, within);
    const steady = manyServers(queue);
    return steady.stable && within !== undefined ? { ...steady, pWaitOver: pWaitOver(queue, within) } : steady;
  }
}

const windowsOptions = z.object({
  demand: z.string("needs a CSV file with the columns start, end and arrivals"), service: positive,
  share: number("a share above 0 and below 1, e.g. 0.9", (value) => value > 0 && value < 1), within: minutes,
});

/** Beyond it the computation of a day takes minutes; the largest halls have some 500. */
const MOST_WINDOWS = 1_500;

/** Fewest windows per interval, with the share that waits too long as computed for this very day. */
async function planDay(words: string[]): Promise<void> {
  const { demand, service, share, within } = read(words, windowsOptions);
  const text = await readFile(demand, "utf8").catch(() => { throw new OperatorError(`--demand: ${demand} cannot be read.`); });
  const rows = csvRows(text, demand);
  const { spans, fault } = demandSpans(rows);
  if (fault) throw new OperatorError(`${demand}, row ${fault.row}: ${fault.field} ${fault.text}.`);
  if (Math.max(...spans.map(({ start, end, arrivals }) => (arrivals * service) / (end - start))) > MOST_WINDOWS) throw new OperatorError(`${demand} asks for more than ${MOST_WINDOWS} windows at once.`);
  const plan = planWindows(spans, service, { share, within });
  print({ intervals: rows.map(({ start, end }, i) => ({ start, end, windows: plan.windows[i], pWaitOver: plan.late[i] })), windowHours: plan.windowHours });
}

function csvRows(text: string, file: string): Record<string, string>[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: (names: string[]) => names.map((name) => name.trim()), bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new OperatorError(`${file} is not a table: ${(error as Error).message}`);
  }
  if (rows.length === 0) throw new OperatorError(`${file} has no rows below its heading start,end,arrivals.`);
  const missing = ["start", "end", "arrivals"].find((name) => !(name in rows[0]!));
  if (missing) throw new OperatorError(`${file} has no column ${missing}.`);
  return rows;
}

const print = (document: object) => console.log(JSON.stringify(document));

/** One function per subcommand; each takes the words after its name. */
const COMMANDS: Record<string, (words: string[]) => Promise<void>> = {
  erlang: planErlang,
  windows: planDay,
  simulate: async (words) => (await import("./plan-simulate")).planSimulate(words),
};

/** Runs one subcommand with the words after `plan`. */
export async function plan(words: string[]): Promise<void> {
  const [name, ...rest] = words;
  const command = Object.hasOwn(COMMANDS, name ?? "") ? COMMANDS[name!] : undefined;
  if (!command) throw new OperatorError(`plan needs one of: ${Object.keys(COMMANDS).join(", ")}. See npm run hall -- --help`);
  await command(rest);
}
