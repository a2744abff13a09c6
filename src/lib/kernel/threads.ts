/**
 * Long calculations beside the server: pure functions of our own modules run in other threads, at the lowest priority the
 * system has, so that calls and screens do not wait for them. Under `tsx` and in the pages' bundles alike the thread loads the
 * sources from the project's folder.
 */
import { availableParallelism } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { shared } from "./shared";

/** One core stays free for the hall. */
const MOST = Math.max(1, Math.min(4, availableParallelism() - 1));
/** A thread that has had nothing to do ends, milliseconds. */
const IDLE_MS = 30_000;

/** `--import tsx` does not reach threads: they register it themselves before they load TypeScript. */
const BOOT = 'import("tsx/esm/api").then(({ register }) => { register(); return import(require("node:worker_threads").workerData.main); })';

export interface ThreadJob {
  /** Source file from the project's folder, and the function it exports. */
  file: string;
  name: string;
  input: readonly unknown[];
}
interface Waiting {
  job: ThreadJob;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}
interface Thread {
  worker: Worker;
  running?: Waiting;
  idle?: NodeJS.Timeout;
}

const pool = () => shared("threads", () => ({ threads: new Set<Thread>(), queue: [] as Waiting[] }));

/** Runs `name(...input)` of a source file in another thread, in turn. Input and output are plain data. Rejects with what the function throws. */
export function inThread<F extends (...input: never[]) => unknown>(file: string, name: string, ...input: Parameters<F>): Promise<Awaited<ReturnType<F>>> {
  return new Promise((resolve, reject) => {
    pool().queue.push({ job: { file, name, input }, resolve: resolve as (value: unknown) => void, reject });
    next();
  });
}

function next(): void {
  const { threads, queue } = pool();
  if (queue.length === 0) return;
  const thread = [...threads].find((each) => !each.running) ?? (threads.size < MOST ? start() : undefined);
  if (!thread) return;
  clearTimeout(thread.idle);
  thread.running = queue.shift()!;
  thread.worker.ref();
  thread.worker.postMessage(thread.running.job);
}

function start(): Thread {
  const { threads } = pool();
  const thread: Thread = { worker: new Worker(BOOT, { eval: true, execArgv: [], workerData: { main: pathToFileURL(path.resolve("src/lib/kernel/thread-worker.ts")).href } }) };
  threads.add(thread);
  thread.worker.on("message", ({ value, error }: { value?: unknown; error?: string }) => {
    const done = thread.running;
    delete thread.running;
    // A thread without work never keeps the program from ending.
    thread.worker.unref();
    thread.idle = setTimeout(() => void thread.worker.terminate(), IDLE_MS).unref();
    if (error === undefined) done?.resolve(value);
    else done?.reject(new Error(error));
    next();
  });
  const gone = (why: Error) => {
    if (!threads.delete(thread)) return;
    clearTimeout(thread.idle);
    thread.running?.reject(why);
    next();
  };
  thread.worker.on("error", gone);
  thread.worker.on("exit", () => gone(new Error("the thread has ended")));
  return thread;
}
