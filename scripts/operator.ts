/** Commands of the operator that work on the program's data. Prints results to standard output, everything else to standard error. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { createToken } from "@/lib/auth/commands";
import { forgetPrincipals } from "@/lib/auth/data";
import { ROLES } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { OperatorError } from "@/lib/kernel/errors";
import { sha256 } from "@/lib/kernel/ids";
import type { Result } from "@/lib/kernel/result";
import { changeHall } from "@/lib/ledger/commands";
import { sealLedgers } from "@/lib/ledger/seal";
import { verifyHall } from "@/lib/queue/ledger/data";
import { hallRef } from "@/lib/regions/data";
import { resetPassword } from "@/lib/staff/commands";
import { exportTable } from "@/lib/exchange/data-export";
import { GLOBAL_KINDS, HALL_KINDS, isGlobalKind, isHallKind } from "@/lib/exchange/kinds";
import { importGlobalTable, importHall, importHallTable, readHallFolder, readTable, requireClean } from "@/setup/import";
import { prepareDatabase } from "@/setup/prepare";
import { printReport } from "@/simulate/report";
import { simulate } from "@/simulate/simulate";
import { requirements } from "./requirements";

const HELP = `Usage: npm run hall -- <command> [options]

  token create --role <role> [--hall <code>] [--window <code>] [--days <n>]
                            print a new bearer token
  token revoke <token>      end a bearer token at once
  password <username>       print a new first password; it must be changed at the next sign-in
  import <kind> <file> [--hall <code>]
                            load a CSV table; kinds: hall (a folder), ${[...Object.keys(GLOBAL_KINDS), ...Object.keys(HALL_KINDS)].join(", ")}
  export <kind> [--hall <code>]
                            print a table as CSV; the same kinds
  simulate --hall <code> --visits <n> [--speed <n>] [--windows <n>] [--seed <n>] [--url <address>] [--json]
                            play a day on the running server through its public API
  plan erlang --model b|c|a --arrivals <per hour> --service <minutes> --servers <n> [--patience <minutes>] [--within <minutes>]
                            exact figures of a queue
  plan windows --demand <csv: start,end,arrivals> --service <minutes> --share <0.9> --within <minutes>
                            fewest windows per interval that call this share in time
  plan simulate --scenario <json> [--runs <n>] [--seed <n>]
                            means with 99 % intervals
  estimate backtest --trace <csv: issued_at,called_at,finished_at,line,class,window>
                            score predicted waits, each from what was known at issue, beside simple ones: MAE of the median, RMSE and bias of
                            the mean; ISO times; an empty called_at is a visitor who left, at finished_at if that is known
  estimate series --hourly <csv: time,mean_wait> --horizon hour|week
                            score predicted mean waits of hours, from the hours before or from those a week old
  verify-ledger [--hall <code>]
                            replay the ledger and compare it with the tables
  requirements [--json]     which rows of the requirements register are proved by tests

Options hold for the data under .data, or the server in DATABASE_URL.`;

const OPTIONS = {
  role: { type: "string" }, hall: { type: "string" }, window: { type: "string" }, days: { type: "string" }, visits: { type: "string" }, speed: { type: "string" },
  windows: { type: "string" }, seed: { type: "string" }, url: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean" },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>["values"];

function positive(value: string | undefined, name: string, otherwise?: number): number {
  if (value === undefined && otherwise !== undefined) return otherwise;
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new OperatorError(`--${name} needs a number above 0.`);
  return number;
}

const existingHall = (code: string) => hallRef(code).catch(() => { throw new OperatorError(`There is no hall ${code}.`); });

async function tokenCreate({ role, hall, window, days }: Options): Promise<void> {
  const known = ROLES.filter((each) => each !== "citizen");
  if (!known.includes(role as never)) throw new OperatorError(`--role needs one of: ${known.join(", ")}.`);
  if (["device", "guide", "clerk", "chief", "hall_admin"].includes(role!) && !hall) throw new OperatorError(`A token of role ${role} belongs to a hall: add --hall <code>.`);
  const place = hall ? await existingHall(hall) : undefined;
  const row = window && place ? await database().selectFrom("windows").select("id").where("hall_id", "=", place.id).where("code", "=", window).executeTakeFirst() : undefined;
  if (window && !row) throw new OperatorError(`There is no window ${window} in hall ${hall ?? "(name one with --hall)"}.`);
  const expiresAt = days ? new Date(Date.now() + positive(days, "days") * 86_400_000).toISOString() : undefined;
  console.log(await createToken(database(), { role: role as never, label: "hall token create", ...(place ? { hallId: place.id } : {}), ...(row ? { windowId: row.id } : {}), ...(expiresAt ? { expiresAt } : {}) }));
}

async function tokenRevoke(token: string | undefined): Promise<void> {
  if (!token) throw new OperatorError("token revoke needs the token.");
  const { numUpdatedRows } = await database().updateTable("access_tokens").set({ revoked_at: new Date().toISOString() }).where("hash", "=", sha256(token)).where("revoked_at", "is", null).executeTakeFirst();
  if (numUpdatedRows === 0n) throw new OperatorError("There is no such token, or it has ended already.");
  await forgetPrincipals(database());
}

/** The way in when nobody has a password yet, or the last administrator has lost it. */
async function firstPassword(username: string | undefined): Promise<void> {
  const row = await database().selectFrom("staff").select(["id", "hall_id"]).where("username", "=", username ?? "").executeTakeFirst();
  if (!row) throw new OperatorError(`There is no account ${username ?? ""}.`);
  const hall = await database().selectFrom("halls").select(["id", "code"]).$if(row.hall_id !== null, (query) => query.where("id", "=", row.hall_id!)).orderBy("id").limit(1).executeTakeFirst();
  if (!hall) throw new OperatorError("There is no hall yet. Import one first.");
  const result = await changeHall(database(), { hall, actor: "operator" }, (ctx) => resetPassword(ctx, row.id, "platform"));
  if (!result.ok) throw new OperatorError(result.code);
  console.log(result.value);
}

async function importTable(kind: string | undefined, file: string | undefined, options: Options): Promise<void> {
  if (!kind || !file) throw new OperatorError("import needs a kind and a file. See --help.");
  if (kind === "hall") return console.log(`hall ${(await importHall(database(), await readHallFolder(file))).code} imported`);
  const rows = readTable(await readFile(file, "utf8").catch(() => { throw new OperatorError(`${file} cannot be read.`); }));
  if (isGlobalKind(kind)) {
    const report = await importGlobalTable(database(), kind, rows);
    requireClean(report, file);
    return console.log(`${report.rows} rows of ${kind} imported`);
  }
  if (!isHallKind(kind)) throw new OperatorError(`There is no kind ${kind}. See --help.`);
  if (!options.hall) throw new OperatorError(`${kind} belong to a hall: add --hall <code>.`);
  const hall = await existingHall(options.hall);
  const result = await changeHall(database(), { hall, actor: "import" }, async (ctx): Promise<Result<string>> => {
    const report = await importHallTable(ctx, kind, rows);
    requireClean(report, file);
    return { ok: true, value: `${report.rows} rows of ${kind} imported, ${report.created} new` };
  });
  console.log(result.ok ? result.value : result.code);
}

async function verifyLedger({ hall }: Options): Promise<void> {
  await sealLedgers(database());
  const halls = hall ? [await existingHall(hall)] : await database().selectFrom("halls").select(["id", "code"]).orderBy("id").execute();
  let whole = true;
  for (const each of halls) {
    const proof = await verifyHall(database(), each.id);
    whole &&= proof.faults.length === 0;
    console.log(`${each.code}: ${proof.events} events, ${proof.tickets} tickets, ${proof.calls} calls, ${proof.recalls} recalls: ${proof.faults.length === 0 ? "whole" : `${proof.faults.length} faults`}`);
    for (const fault of proof.faults) console.log(`  ${fault}`);
  }
  if (!whole) process.exitCode = 1;
}

async function runSimulation(options: Options): Promise<void> {
  const { report, faults } = await simulate(database(), {
    origin: options.url ?? `http://localhost:${process.env.PORT || 3000}`, hall: options.hall ?? "demo", visits: positive(options.visits, "visits", 1_400), speed: positive(options.speed, "speed", 60),
    windows: options.windows ? positive(options.windows, "windows") : undefined, seed: positive(options.seed, "seed", 1), progress: (line) => console.error(line),
  });
  console.log(options.json ? JSON.stringify({ ...report, faults }) : `\n${printReport(report)}\n\n${faults.length === 0 ? "Ledger: no ticket lost, called twice or left hanging." : `Ledger: ${faults.length} faults\n${faults.join("\n")}`}`);
  if (faults.length > 0) process.exitCode = 1;
}

/** Runs the command of the process. */
export async function operate(): Promise<void> {
  const { values: options, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, ...rest] = positionals;
  if (options.help || command === undefined) return console.log(HELP);
  if (command === "requirements") return requirements(options.json ?? false);
  process.env.LOG_LEVEL ??= "warn";
  const prepared = await prepareDatabase({ dataFolder: path.resolve(".data"), demo: false });
  try {
    if (command === "token" && rest[0] === "create") await tokenCreate(options);
    else if (command === "token" && rest[0] === "revoke") await tokenRevoke(rest[1]);
    else if (command === "password") await firstPassword(rest[0]);
    else if (command === "import") await importTable(rest[0], rest[1], options);
    else if (command === "export") process.stdout.write(await exportTable(database(), rest[0], options.hall));
    else if (command === "verify-ledger") await verifyLedger(options);
    else if (command === "simulate") await runSimulation(options);
    else throw new OperatorError(`There is no command ${positionals.join(" ")}. See npm run hall -- --help`);
  } finally {
    await prepared.stop();
  }
}
