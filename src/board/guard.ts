/** Keeps a page that nobody touches for weeks alive: reloads after a script error and after an update of the server. */

const KEY = "yiting-board-reloads";
const PAUSE = 5_000;
/** At most MOST reloads within SPAN, so that an error at every start does not become a storm. */
const MOST = 3;
const SPAN = 600_000;

let pending = false;

function recentReloads(): number[] {
  try {
    const times: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(times) ? times.filter((time): time is number => typeof time === "number" && Date.now() - time < SPAN) : [];
  } catch {
    return [];
  }
}

/** The shell as the server gives it now, or undefined when it does not answer. */
async function fetchShell(): Promise<string | undefined> {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(8_000) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

/** Reloads once the server answers: reloading without it would leave the browser's own error page on the wall. */
export function reloadSoon(): void {
  if (pending) return;
  pending = true;
  const attempt = async (): Promise<void> => {
    const times = recentReloads();
    const tooMany = times.length >= MOST ? times[times.length - MOST]! + SPAN - Date.now() : 0;
    if (tooMany > 0) return void setTimeout(() => void attempt(), tooMany);
    if ((await fetchShell()) === undefined) return void setTimeout(() => void attempt(), 2 * PAUSE);
    try {
      sessionStorage.setItem(KEY, JSON.stringify([...times, Date.now()].slice(-MOST)));
    } catch {
      // Without storage the pause alone limits the reloads.
    }
    location.reload();
  };
  setTimeout(() => void attempt(), PAUSE);
}

/** Reloads when the server has another build of the board than the one that runs. */
export async function reloadIfUpdated(): Promise<void> {
  const mine = document.documentElement.dataset.build;
  const now = /data-build="([^"]*)"/.exec((await fetchShell()) ?? "")?.[1];
  if (mine && now && mine !== now) reloadSoon();
}

export function installGuard(): void {
  addEventListener("error", reloadSoon);
  setInterval(() => void reloadIfUpdated(), 3_600_000);
}
