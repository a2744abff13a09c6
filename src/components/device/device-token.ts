/** Where a paired screen keeps its token. One machine may be a board and a kiosk at once, so each kind has its own place. */

import type { Pairing } from "@/lib/devices/schema";

export type ScreenKind = "kiosk" | "board";

const place = (kind: ScreenKind): string => `yiting-device-${kind}`;

export function readToken(kind: ScreenKind): string | undefined {
  try {
    return localStorage.getItem(place(kind)) ?? undefined;
  } catch {
    return undefined; // storage is switched off: the screen pairs again after each start
  }
}

export function saveToken(kind: ScreenKind, token: string): void {
  try {
    localStorage.setItem(place(kind), token);
  } catch {
    // Works until the next start; nothing better can be done without storage.
  }
}

/** The code on the screen survives a reload, so that it does not change while an administrator types it. */
const codePlace = (kind: ScreenKind): string => `yiting-pairing-${kind}`;

export function readPairing(kind: ScreenKind): Pairing | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(codePlace(kind)) ?? "null") as Pairing | null;
    return kept?.code && kept.secret && Date.parse(kept.expiresAt) > Date.now() ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepPairing(kind: ScreenKind, pairing: Pairing | undefined): void {
  try {
    if (pairing) sessionStorage.setItem(codePlace(kind), JSON.stringify(pairing));
    else sessionStorage.removeItem(codePlace(kind));
  } catch {
    // A reload asks for a new code then.
  }
}

export function dropToken(kind: ScreenKind): void {
  try {
    localStorage.removeItem(place(kind));
  } catch {
    // Nothing was stored.
  }
}
