import Link from "next/link";
import { createPairingAction, revokeDeviceAction } from "@/app/admin/pairing/actions";
import { toLocal } from "@/components/form/zoned-time";
import { buttonClass } from "@/components/ui/button";
import { StateChip } from "@/components/ui/state";
import type { DeviceRow } from "@/lib/devices/data-admin";
import { MESSAGES, translator } from "@/lib/i18n/messages";
import { timeZoneOf } from "./choices";
import { ConfirmButton } from "./confirm-button";
import { Panel } from "./panel";
import { adminHref, type Place } from "./place";
import type { Row } from "./register";

const TONES = { online: "good", offline: "bad", unpaired: "neutral" } as const;

/** Connection of a device: online or not, last sign of life, health, pairing. */
export function DevicePanel({ place, row, writable }: { place: Place; row: Row; writable: boolean }) {
  const t = translator(place.locale, "admin");
  const device = row as unknown as DeviceRow;
  const at = (time: string | null) => (time ? toLocal(time, timeZoneOf(place)).replace("T", " ") : t("none"));
  const known = MESSAGES[place.locale].admin.health as Record<string, string>;
  const health = Object.entries(device.health ?? {}).map(([key, value]) => [known[key] ?? key, known[`${key}_${String(value)}`] ?? String(value)] as const);
  const facts = [[t("fields.seenAt"), at(device.seenAt)], [t("pairing.pairedAt"), at(device.pairedAt)], ...health] as const;
  const shared = { cancel: t("form.cancel"), close: t("form.close"), copy: t("form.copy"), copied: t("form.copied"), done: t("form.done") };
  const target = { device: device.code, ...(place.hall ? { hall: place.hall.code } : {}) };
  return (
    <Panel id="connection" title={t("pairing.panel")}>
      <p><StateChip tone={TONES[device.state]}>{t(`values.deviceState.${device.state}`)}</StateChip></p>
      <dl className="grid grid-cols-1 gap-x-6 sm:grid-cols-[12rem_1fr]">
        {facts.map(([label, value]) => <div key={label} className="col-span-full grid grid-cols-subgrid border-b border-line py-1.5 last:border-0"><dt className="text-ink-soft">{label}</dt><dd>{value}</dd></div>)}
      </dl>
      {writable && device.active ? (
        <div className="flex flex-wrap gap-3">
          <Link href={adminHref(place, "/admin/pairing", { device: device.code })} className={buttonClass({ look: "primary" })}>{t("pairing.byScreen")}</Link>
          <ConfirmButton action={createPairingAction.bind(null, target)} texts={{ ...shared, open: t("pairing.makeCode"), title: t("pairing.makeTitle", { name: device.code }), description: t("pairing.makeText"), confirm: t("pairing.makeCode") }} />
          <ConfirmButton look="danger" disabled={device.pairedAt === null} action={revokeDeviceAction.bind(null, target)} texts={{ ...shared, open: t("pairing.revoke"), title: t("pairing.revokeTitle", { name: device.code }), description: t("pairing.revokeText"), confirm: t("pairing.revoke") }} />
        </div>
      ) : null}
    </Panel>
  );
}
