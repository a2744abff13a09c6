import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type DeviceState, openDevice } from "@/components/device/device-session";
import type { Address } from "./address";
import { HallBoard } from "./hall-board";
import { Message, PairingView } from "./waiting-room";
import type { BoardPlace } from "./use-hall";

/** A board of the hall that its pairing names. */
function DeviceBoard({ address }: { address: Address }) {
  const [device, setDevice] = useState<DeviceState>({ step: "connecting", offline: false });
  const seq = useRef<number>(undefined);
  useEffect(() => {
    const session = openDevice({ kind: "board", onState: setDevice, health: () => ({ seq: seq.current, page: "board" }) });
    return () => session.stop();
  }, []);
  if (device.step === "pairing") return <PairingView locale={address.lang} pairing={device.pairing} />;
  if (device.step === "connecting") return <Message locale={address.lang} k="connecting" hint="connectingHint" />;
  const { self, token } = device;
  const place: BoardPlace = {
    hall: self.hall, zone: self.zone, token, names: { name: self.hallName, nameEn: self.hallNameEn },
    voice: address.voice ?? self.voice === "speak", onSeq: (value) => (seq.current = value),
  };
  return <HallBoard place={place} locale={address.lang} plan={address.plan} />;
}

export function App({ address }: { address: Address }) {
  const open = useMemo<BoardPlace | undefined>(() => (address.hall ? { hall: address.hall, zone: address.zone, voice: address.voice } : undefined), [address]);
  return open ? <HallBoard place={open} locale={address.lang} plan={address.plan} /> : <DeviceBoard address={address} />;
}
