/** Name and clock of the hall, asked again every hour and after a failure. */
export interface HallInfo {
  name: string;
  nameEn: string;
  timeZone: string;
}

const HOUR = 3_600_000;
const RETRY = 10_000;

function knownTimeZone(value: unknown): string {
  try {
    if (typeof value === "string") return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    // An unknown zone would blank the clock.
  }
  return "Asia/Shanghai";
}

export function followHallInfo(hall: string, onInfo: (info: HallInfo) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const load = async (): Promise<void> => {
    let delay = RETRY;
    try {
      const answer = await fetch(`/api/v1/halls/${encodeURIComponent(hall)}`, { cache: "no-store", signal: AbortSignal.timeout(8_000) });
      const record = (answer.ok ? await answer.json() : {}) as Record<string, unknown>;
      if (!stopped && typeof record.name === "string") {
        onInfo({ name: record.name, nameEn: typeof record.nameEn === "string" && record.nameEn ? record.nameEn : record.name, timeZone: knownTimeZone(record.timeZone) });
        delay = HOUR;
      }
    } catch {
      // The board itself says that the server is away.
    }
    if (!stopped) timer = setTimeout(() => void load(), delay);
  };
  void load();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
