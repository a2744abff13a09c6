import { createClient } from "redis";
import type pg from "pg";

/**
 * Tells the other processes that halls have new events: "hall:seq,hall:seq". Only a hint; each process reads the events
 * from the ledger itself, in order. Sent outside of the command's transaction and at most every INTERVAL, because NOTIFY
 * takes a lock of the whole cluster at commit. With REDIS_URL it goes through Redis instead.
 */
const INTERVAL_MS = 20;
export const LIVE_CHANNEL = "yiting_live";

export interface Relay {
  hint(hallId: number, seq: number): void;
  stop(): Promise<void>;
}

export async function createRelay(pool: pg.Pool, redisUrl: string | undefined, onHints: (payload: string) => void): Promise<Relay> {
  const newest = new Map<number, number>();
  let timer: NodeJS.Timeout | undefined;
  const transport = redisUrl ? await redisTransport(redisUrl, onHints) : { send: (text: string) => pool.query("select pg_notify($1, $2)", [LIVE_CHANNEL, text]), stop: async () => undefined };
  const flush = () => {
    timer = undefined;
    const text = [...newest].map(([hall, seq]) => `${hall}:${seq}`).join(",");
    newest.clear();
    // Lost hints are made up for by the tick, which reads the heads of all watched halls.
    if (text) Promise.resolve(transport.send(text)).catch(() => undefined);
  };
  return {
    hint(hallId, seq) {
      newest.set(hallId, Math.max(seq, newest.get(hallId) ?? 0));
      timer ??= setTimeout(flush, INTERVAL_MS);
    },
    async stop() {
      clearTimeout(timer);
      await transport.stop();
    },
  };
}

async function redisTransport(url: string, onHints: (payload: string) => void) {
  const sender = createClient({ url });
  const receiver = sender.duplicate();
  for (const client of [sender, receiver]) client.on("error", () => undefined);
  await Promise.all([sender.connect(), receiver.connect()]);
  await receiver.subscribe(LIVE_CHANNEL, onHints);
  return {
    send: (text: string) => sender.publish(LIVE_CHANNEL, text),
    stop: async () => {
      sender.destroy();
      receiver.destroy();
    },
  };
}
