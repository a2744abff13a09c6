import type { Locale } from "@/lib/i18n/locale";
import { Both } from "./both";
import type { WindowCell } from "./record";
import { text, type TextKey } from "./texts";
import { pageAt } from "./view";

type Working = Exclude<WindowCell["state"], "closed">;
const WORDS: Record<Working, TextKey> = { open: "windowFree", paused: "windowPaused", calling: "windowCalling", serving: "windowServing" };

/** One shape per state, so that colour is never alone: ring, bars, arrow, disc. */
function Shape({ state }: { state: Working }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      {state === "open" ? <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="4" /> : null}
      {state === "paused" ? <path d="M5 3h5v18H5zM14 3h5v18h-5z" fill="currentColor" /> : null}
      {state === "calling" ? <path d="M4 2l18 10L4 22z" fill="currentColor" /> : null}
      {state === "serving" ? <circle cx="12" cy="12" r="10" fill="currentColor" /> : null}
    </svg>
  );
}

export function Windows({ windows, locale, size, turn }: { windows: WindowCell[]; locale: Locale; size: number; turn: number }) {
  const { page, pages, entries } = pageAt(windows, size, turn);
  return (
    <section class="windows" aria-labelledby="windows-title">
      <h2 id="windows-title">
        <Both locale={locale} k="windows" />
        {pages > 1 ? <span class="page">{text(locale, "page", { page, pages })}</span> : null}
      </h2>
      {entries.length === 0 ? <p class="hint"><Both locale={locale} k="noWindows" /></p> : null}
      <ul>
        {entries.map((cell) => (
          <li key={cell.code} class={cell.state} data-window-cell={cell.code} data-window-state={cell.state}>
            <strong>{cell.code}</strong>
            <span class="ticket">{cell.ticket?.number ?? ""}</span>
            <span class="state"><Shape state={cell.state as Working} />{text(locale, WORDS[cell.state as Working])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
