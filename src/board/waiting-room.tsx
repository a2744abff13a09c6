/** What the board shows while it has nothing to show yet: pairing, connecting, a wrong address. */
import type { PairingState } from "@/components/device/pairing";
import type { Locale } from "@/lib/i18n/locale";
import { Both } from "./both";
import type { TextKey, Values } from "./texts";

export function Message({ locale, k, hint, values }: { locale: Locale; k: TextKey; hint: TextKey; values?: Values }) {
  return (
    <main class="message">
      <h1><Both locale={locale} k={k} values={values} /></h1>
      <p class="hint" role="status"><Both locale={locale} k={hint} values={values} /></p>
    </main>
  );
}

export function PairingView({ locale, pairing }: { locale: Locale; pairing: PairingState }) {
  return (
    <main class="message pairing">
      <h1><Both locale={locale} k="pairTitle" /></h1>
      <p class="label"><Both locale={locale} k="pairCode" /></p>
      <p class="code" data-pairing-code={pairing.code} aria-live="polite">{pairing.code ?? <Both locale={locale} k="pairAsking" />}</p>
      <ol>
        <li><Both locale={locale} k="pairStep1" /></li>
        <li><Both locale={locale} k="pairStep2" /></li>
        <li><Both locale={locale} k="pairStep3" /></li>
      </ol>
      <p class="hint" role="status"><Both locale={locale} k={pairing.offline ? "pairOffline" : "pairAuto"} /></p>
    </main>
  );
}
