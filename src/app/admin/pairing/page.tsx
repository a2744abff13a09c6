import Form from "next/form";
import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type Place, type SearchParams } from "@/components/admin/place";
import { keepOf } from "@/components/admin/register-list";
import { devices } from "@/components/admin/registers/devices";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Banner, EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { type DeviceRow, listDevices, screenOfCode } from "@/lib/devices/data-admin";
import { localName } from "@/lib/i18n/locale";
import { refusalText, type Translate, translator } from "@/lib/i18n/messages";
import { codeList, listZones } from "@/lib/regions/data-admin";
import { confirmPairingAction } from "./actions";
import { ChooseDevice } from "./choose-device";

/** A screen shows a code: type it, say which device it is, confirm. */
export default async function PairingPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(devices.writers, "/admin/pairing", params);
  if (!place.hall) return <HallChoice place={place} path="/admin/pairing" />;
  const t = translator(place.locale, "admin");
  const code = param(params, "code")?.trim().toUpperCase();
  const screen = code ? await screenOfCode(database(), code) : undefined;
  const wanted = param(params, "device");
  const paired = param(params, "paired");
  return (
    <>
      <PageHead title={t("pairing.title")} hall={localName(place.locale, place.hall)} back={{ href: adminHref(place, "/admin/devices"), label: t("registers.devices.title") }} />
      {paired ? <Banner tone="good" title={t("pairing.pairedTitle", { name: paired })}>{t("pairing.pairedText")} <Link href={adminHref(place, `/admin/devices/record/${encodeURIComponent(paired)}`)} className="text-good">{t("pairing.look")}</Link></Banner> : null}
      {code && screen ? <Chosen place={place} code={code} kind={screen.kind} wanted={wanted} t={t} /> : (
        <Form action="/admin/pairing" className="flex max-w-xl flex-col gap-4 rounded-base border border-line bg-surface p-6">
          {Object.entries({ ...keepOf(place), ...(wanted ? { device: wanted } : {}) }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <TextField id="code" name="code" label={t("pairing.code")} hint={t("pairing.codeHint")} error={code ? refusalText(place.locale, "pairing_not_found") : undefined} defaultValue={code} required maxLength={16} autoComplete="off" autoCapitalize="characters" spellCheck={false} className="max-w-64 font-mono text-2xl tracking-widest uppercase" />
          <p><Button type="submit" look="primary">{t("pairing.continue")}</Button></p>
        </Form>
      )}
    </>
  );
}

/** Devices of the screen's kind, those without a screen first. */
async function Chosen({ place, code, kind, wanted, t }: { place: Place; code: string; kind: string | null; wanted: string | undefined; t: Translate }) {
  const db = database();
  const hall = place.hall!;
  const [list, zones, kinds] = await Promise.all([listDevices(db, hall.id, { filters: { active: "true", ...(kind ? { kind } : {}) }, limit: 500 }), listZones(db, hall.id, { limit: 500 }), codeList(db, "device_kind")]);
  const kindName = kinds.find((entry) => entry.code === kind);
  const zoneOf = (device: DeviceRow) => zones.rows.find((zone) => zone.code === device.zone);
  const order = { unpaired: 0, offline: 1, online: 2 } as const;
  const options = [...list.rows].sort((a, b) => order[a.state] - order[b.state] || a.code.localeCompare(b.code)).map((device) => {
    const zone = zoneOf(device);
    return { value: device.code, label: `${device.code} ${localName(place.locale, device)}`, note: [zone ? localName(place.locale, zone) : "", t(`values.deviceState.${device.state}`)].filter(Boolean).join(" · "), replaces: device.state !== "unpaired" };
  });
  return (
    <section className="flex max-w-3xl flex-col gap-4 rounded-base border border-line bg-surface p-6">
      <h2 className="text-lg font-semibold">{t("pairing.which", { code, kind: kindName ? localName(place.locale, kindName) : (kind ?? "") })}</h2>
      {options.length === 0 ? (
        <EmptyState title={t("pairing.noDevice")}><Link href={adminHref(place, "/admin/devices/new")}>{t("registers.devices.create")}</Link></EmptyState>
      ) : (
        <ChooseDevice action={confirmPairingAction.bind(null, { code, ...(place.choosing ? { hall: hall.code } : {}) })} options={options} chosen={wanted} backHref={adminHref(place, "/admin/pairing")}
          texts={{ legend: t("pairing.devices"), confirm: t("pairing.confirm"), other: t("pairing.otherCode"), replaces: t("pairing.replaces") }} />
      )}
    </section>
  );
}
