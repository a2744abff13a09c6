import type { Locale } from "@/lib/i18n/locale";
import { Both, Pair } from "./both";
import type { Notice } from "./record";

/**
 * One notice at a time, changed gently. A lost connection takes its place until the board is true again; `stale` is the
 * clock time since which it is not.
 */
export function Foot({ locale, notices, stale, turn, soundBlocked }: { locale: Locale; notices: Notice[]; stale?: string; turn: number; soundBlocked: boolean }) {
  const notice = notices[turn % Math.max(1, notices.length)];
  return (
    <footer class={stale ? "foot stale" : "foot"}>
      {stale ? (
        <div role="alert" data-stale>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2 1 21h22zm1 14h-2v-6h2zm0 3h-2v-2h2z" fill="currentColor" fill-rule="evenodd" /></svg>
          <p><Both locale={locale} k="stale" values={{ time: stale }} /></p>
          <p class="hint"><Both locale={locale} k="staleHint" /></p>
        </div>
      ) : notice ? (
        <p class="notice" key={notice.text}><Pair locale={locale} zh={notice.text} en={notice.textEn} /></p>
      ) : null}
      {soundBlocked ? <p class="sound"><Both locale={locale} k="enableSound" /></p> : null}
    </footer>
  );
}
