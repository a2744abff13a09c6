import pg from "pg";

export interface Listening {
  stop(): Promise<void>;
}

/**
 * Listens to NOTIFY channels on a connection of its own and reconnects for ever. `onState(false)` means that messages may
 * be missed until `onState(true)`; what was missed must be read from the tables.
 */
export function listen(connectionString: string, channels: Record<string, (payload: string) => void>, onState: (heard: boolean) => void): Listening {
  let client: pg.Client | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const lost = () => {
    if (!client) return;
    client.removeAllListeners();
    client.on("error", () => undefined);
    client.end().catch(() => undefined);
    client = undefined;
    onState(false);
    if (!stopped) timer = setTimeout(() => void connect(), 500);
  };

  const connect = async () => {
    const next = new pg.Client({ connectionString, application_name: "yiting listen", connectionTimeoutMillis: 5_000, keepAlive: true, query_timeout: 5_000 });
    client = next;
    next.on("error", lost);
    next.on("end", lost);
    next.on("notification", ({ channel, payload }) => channels[channel]?.(payload ?? ""));
    try {
      await next.connect();
      for (const channel of Object.keys(channels)) await next.query(`listen ${channel}`);
      onState(true);
    } catch {
      lost();
    }
  };

  // A half-open connection looks alive: ask it now and then.
  const probe = setInterval(() => void client?.query("select 1").catch(lost), 10_000);
  void connect();
  return {
    async stop() {
      stopped = true;
      clearInterval(probe);
      clearTimeout(timer);
      const last = client;
      client = undefined;
      last?.removeAllListeners();
      await last?.end().catch(() => undefined);
    },
  };
}
