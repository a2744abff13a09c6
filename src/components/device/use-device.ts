"use client";
import { useEffect, useRef, useState } from "react";
import { type DeviceSession, type DeviceState, openDevice } from "./device-session";
import type { ScreenKind } from "./device-token";

/** The life of this screen as a device; `revoked` is for a request that was refused with 401. */
export function useDevice(kind: ScreenKind, page: string): { device: DeviceState; revoked: () => void } {
  const [device, setDevice] = useState<DeviceState>({ step: "connecting", offline: false });
  const session = useRef<DeviceSession>(undefined);
  useEffect(() => {
    session.current = openDevice({ kind, onState: setDevice, health: () => ({ page }) });
    return () => session.current?.stop();
  }, [kind, page]);
  return { device, revoked: () => session.current?.revoked() };
}
