import type { Locale } from "@/lib/i18n/locale";
import { Both } from "./both";
import type { Call } from "./record";
import { text } from "./texts";

function CallRow({ call, locale, newest, flash }: { call: Call; locale: Locale; newest: boolean; flash: boolean }) {
  const before = text(locale, "goTo");
  const after = text(locale, "goToWindow");
  return (
    <li class={`call ${call.state}${newest ? " newest" : ""}${newest && flash ? " flash" : ""}`} data-number={call.number} data-window={call.window} data-times={call.times} data-seq={call.seq} data-state={call.state}>
      <strong class="number">{call.number}</strong>
      <span class="to">
        {before ? <span class="word">{before}</span> : null}
        <strong>{call.window}</strong>
        {after ? <span class="word">{after}</span> : null}
      </span>
      <span class="note">
        {call.state === "called" ? (call.times > 1 ? <Both locale={locale} k="repeat" values={{ times: call.times }} /> : null) : <Both locale={locale} k={call.state} />}
      </span>
    </li>
  );
}

/** Two-letter lines and four digits still fit beside a window with a long code. */
const isLong = (calls: Call[]): boolean => calls.some((call) => call.number.length + call.window.length > 8);

export function Calls({ calls, locale, flash }: { calls: Call[]; locale: Locale; flash: boolean }) {
  return (
    <section class="calls" aria-labelledby="calls-title">
      <h2 id="calls-title"><Both locale={locale} k="calls" /></h2>
      {calls.length === 0 ? (
        <div class="nothing">
          <p><Both locale={locale} k="noCalls" /></p>
          <p class="hint"><Both locale={locale} k="noCallsHint" /></p>
        </div>
      ) : (
        <ol aria-live="polite" class={isLong(calls) ? "long" : undefined}>
          {calls.map((call, index) => <CallRow key={`${call.number} ${call.seq}`} call={call} locale={locale} newest={index === 0 && call.state === "called"} flash={flash} />)}
        </ol>
      )}
    </section>
  );
}
