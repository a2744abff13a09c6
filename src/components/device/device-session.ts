/**
 * The life of a screen as a device: pair, learn its place, send a heartbeat, go back to pairing when its token is
 * revoked. Framework-free, shared by board and kiosk.
 */
import type { DeviceSelf } from "@/lib/devices/schema";
import { api } from "../api-client";
import { dropToken, readToken, saveToken, type ScreenKind } from "./device-token";
import { type PairingState, startPairing } from "./pairing";

export type DeviceState =
  /** Has a token, the server has not answered yet. */
  | { step: "connecting"; offline: boolean }
  | { step: "pairing"; pairing: PairingState }
  | { step: "ready"; token: string; self: DeviceSelf };

export interface DeviceOptions {
  kind: ScreenKind;
  onState: (state: DeviceState) => void;
  /** What the heartbeat tells of the screen. */
  health: () => { seq?: number; page?: string };
}

export interface DeviceSession {
  stop(): void;
  /** Call it when a request with the token was refused with 401: the screen is no longer known. */
  revoked(): void;
}

const HEARTBEAT = 30_000;
/** The place of a device may be changed at any time; it is asked again with every tenth heartbeat. */
const SELF_EVERY = 10;

/** `?pair=` is used once and leaves the address, so that a reload does not try it again. */
function takeAdminCode(): string | undefined {
  const address = new URL(location.href);
  const code = address.searchParams.get("pair") ?? undefined;
  if (code === undefined) return undefined;
  address.searchParams.delete("pair");
  history.replaceState(null, "", address);
  return code;
}

export function openDevice({ kind, onState, health }: DeviceOptions): DeviceSession {
  let stopped = false;
  let stopPairing = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let beats = 0;
  /** The token in force; a beat of an older one ends silently. */
  let current: string | undefined;

  const pair = () => {
    clearTimeout(timer);
    stopPairing();
    stopPairing = startPairing({
      kind,
      adminCode: takeAdminCode(),
      onState: (pairing) => onState({ step: "pairing", pairing }),
      onPaired(token) {
        saveToken(kind, token);
        start(token);
      },
    });
  };

  const revoked = () => {
    if (stopped) return;
    dropToken(kind);
    current = undefined;
    pair();
  };

  const learn = async (token: string, first: boolean): Promise<void> => {
    const answer = await api<DeviceSelf>("/devices/me", { token, tries: 1 });
    if (stopped) return;
    if (answer.ok) onState({ step: "ready", token, self: answer.value });
    else if (answer.problem.status === 401) return revoked();
    else if (first) {
      onState({ step: "connecting", offline: true });
      timer = setTimeout(() => void learn(token, true), 3_000);
      return;
    }
    if (first) timer = setTimeout(() => void beat(token), 1_000);
  };

  const beat = async (token: string): Promise<void> => {
    const answer = await api("/devices/me/heartbeat", { body: health(), token });
    if (stopped) return;
    if (!answer.ok && answer.problem.status === 401) return revoked();
    if (++beats % SELF_EVERY === 0) await learn(token, false);
    if (stopped || current !== token) return;
    timer = setTimeout(() => void beat(token), HEARTBEAT);
  };

  const start = (token: string) => {
    current = token;
    onState({ step: "connecting", offline: false });
    void learn(token, true);
  };

  const token = readToken(kind);
  if (token && !new URL(location.href).searchParams.has("pair")) start(token);
  else pair();

  return {
    stop() {
      stopped = true;
      stopPairing();
      clearTimeout(timer);
    },
    revoked,
  };
}
