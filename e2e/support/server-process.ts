/** The real production server (scripts/start.ts) as a child process. Plain Node: used by the set-up and by tests that restart it. */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import net from "node:net";

export interface ServerProcess {
  url: string;
  port: number;
  pid: number;
  child: ChildProcess;
  /** Ends it and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const healthy = (url: string): Promise<boolean> => fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false);

/** Starts the server on the given database and returns when it answers; building the pages may take its time. */
export async function startServerProcess(database: { databaseUrl: string; secret: string }, options: { port?: number; patience?: number; log?: string } = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const env = { ...process.env, DATABASE_URL: database.databaseUrl, SECRET: database.secret, PORT: String(port), LOG_LEVEL: "warn", TZ: "UTC", PUBLIC_URL: "", REDIS_URL: "", NODE_OPTIONS: "", FORCE_COLOR: "" };
  const child = spawn(process.execPath, ["--import", "tsx", "--disable-warning=ExperimentalWarning", "scripts/start.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = (output + String(chunk)).slice(-4_000);
      if (options.log) appendFileSync(options.log, String(chunk));
    });
  }
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  const end = Date.now() + (options.patience ?? 30_000);
  while (!(await healthy(url))) {
    if (gone()) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}:\n${output}`);
    if (Date.now() > end) {
      child.kill("SIGKILL");
      throw new Error(`the server did not answer in time:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url, port, pid: child.pid!, child,
    kill: (signal = "SIGTERM") => new Promise((resolve) => {
      if (gone()) return resolve();
      child.once("exit", () => resolve());
      child.kill(signal);
    }),
  };
}
