/**
 * A new screen asks for a code, shows it and waits until an administrator confirms it. Framework-free: the board draws it
 * with Preact, the kiosk with React.
 */
import type { Pairing } from "@/lib/devices/schema";
import { api, newKey } from "../api-client";
import { keepPairing, readPairing, type ScreenKind } from "./device-token";

export interface PairingState {
  /** Absent while the code is being fetched. */
  code?: string;
  /** The server did not answer the last question; the screen goes on asking. */
  offline: boolean;
}

const POLL = 3_000;
const RETRY = 5_000;
/** A code is replaced this long before it ends, so that nobody types a dead one. */
const MARGIN = 30_000;

/** The screen's own clock may be wrong, so the life of a code is held within what the server grants (ten minutes). */
const lifeOf = (expiresAt: string): number => Math.min(Math.max(Date.parse(expiresAt) - Date.now(), 60_000), 600_000) - MARGIN;

export interface PairingOptions {
  kind: ScreenKind;
  /** A code that an administrator made beforehand (`?pair=`). */
  adminCode?: string;
  onState: (state: PairingState) => void;
  onPaired: (token: string) => void;
}

/** Returns the function that stops it. */
export function startPairing({ kind, adminCode, onState, onPaired }: PairingOptions): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (step: () => Promise<void>, delay: number) => {
    if (!stopped) timer = setTimeout(() => void step(), delay);
  };

  const ask = async (): Promise<void> => {
    const answer = await api<Pairing>("/devices/pairings", { body: { kind }, key: newKey(), tries: 1 });
    if (stopped) return;
    if (!answer.ok) {
      // Many screens behind one address may ask too often together: that is patience, not a lost line.
      const busy = answer.problem.status === 429;
      onState({ offline: !busy });
      return later(ask, busy ? 3 * RETRY : RETRY);
    }
    keepPairing(kind, answer.value);
    show(answer.value);
  };

  const show = (pairing: Pairing) => {
    const until = Date.now() + lifeOf(pairing.expiresAt);
    onState({ code: pairing.code, offline: false });
    later(() => poll(pairing, until), POLL);
  };

  const poll = async (pairing: Pairing, until: number): Promise<void> => {
    // No idempotency key: each question may have another answer.
    const answer = await api<{ deviceToken: string }>("/devices/pair", { body: { code: pairing.code, secret: pairing.secret } });
    if (stopped) return;
    if (answer.ok) {
      keepPairing(kind, undefined);
      return onPaired(answer.value.deviceToken);
    }
    const { status, code } = answer.problem;
    const known = status === 0 || status === 429 || status >= 500 || code === "pairing_pending";
    if (!known || Date.now() >= until) {
      keepPairing(kind, undefined);
      return ask();
    }
    onState({ code: pairing.code, offline: status === 0 || status >= 500 });
    later(() => poll(pairing, until), status === 429 ? POLL * 3 : POLL);
  };

  const useAdminCode = async (code: string): Promise<void> => {
    const answer = await api<{ deviceToken: string }>("/devices/pair", { body: { code }, key: newKey() });
    if (stopped) return;
    if (answer.ok) onPaired(answer.value.deviceToken);
    else await ask();
  };

  onState({ offline: false });
  const kept = readPairing(kind);
  if (adminCode) void useAdminCode(adminCode);
  else if (kept) show(kept);
  else void ask();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
