"use client";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { PairingScreen } from "@/components/device/pairing-screen";
import { useDevice } from "@/components/device/use-device";
import { ClientMessages } from "@/components/intl/client-messages";
import type { DeviceSelf } from "@/lib/devices/schema";
import { htmlLang, type Locale } from "@/lib/i18n/locale";
import { KioskFlow } from "./kiosk-flow";
import { useHallData } from "./use-hall-data";

export interface Preferences {
  locale: Locale;
  elder: boolean;
}

const FIRST: Preferences = { locale: "zh", elder: false };

/** The page belongs to whoever stands before it: language and size are theirs and end with their visit. */
function useDocument({ locale, elder }: Preferences) {
  useEffect(() => {
    document.documentElement.lang = htmlLang(locale);
    document.documentElement.dataset.elder = String(elder);
  }, [locale, elder]);
}

function Connecting() {
  const t = useTranslations("kiosk");
  return (
    <main className="grid min-h-dvh place-content-center gap-4 p-8 text-center">
      <h1 className="text-4xl font-semibold">{t("connecting")}</h1>
      <p role="status" className="text-xl text-ink-soft">{t("connectingHint")}</p>
    </main>
  );
}

interface PairedProps {
  self: DeviceSelf;
  token: string;
  publicUrl?: string;
  preferences: Preferences;
  onPreferences: (preferences: Preferences) => void;
  onRevoked: () => void;
}

/** Holds what outlives a visitor; the visit itself is thrown away as a whole when it ends. */
function Paired({ self, onPreferences, ...rest }: PairedProps) {
  const [visits, setVisits] = useState(0);
  const data = useHallData(self.hall);
  const endVisit = () => {
    onPreferences(FIRST);
    setVisits((count) => count + 1);
  };
  if (!data.hall) return <Connecting />;
  return <KioskFlow key={visits} hall={data.hall} data={data} self={self} onPreferences={onPreferences} onEnd={endVisit} {...rest} />;
}

export function KioskApp({ messages, publicUrl }: { messages: Record<Locale, object>; publicUrl?: string }) {
  const [preferences, setPreferences] = useState(FIRST);
  const { device, revoked } = useDevice("kiosk", "kiosk");
  useDocument(preferences);
  return (
    <ClientMessages locale={preferences.locale} messages={messages[preferences.locale]}>
      <div className="kiosk">
        {device.step === "pairing" ? <PairingScreen pairing={device.pairing} messages={messages} /> : null}
        {device.step === "connecting" ? <Connecting /> : null}
        {device.step === "ready" ? <Paired self={device.self} token={device.token} publicUrl={publicUrl} preferences={preferences} onPreferences={setPreferences} onRevoked={revoked} /> : null}
      </div>
    </ClientMessages>
  );
}
