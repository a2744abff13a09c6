"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { adminHref, type Place, placeForAction } from "@/components/admin/place";
import { currentLocale } from "@/components/intl/server";
import { unlessAway } from "@/components/admin/unless-away";
import { problemText } from "@/components/admin/problem-text";
import { hallOf } from "@/components/admin/register";
import { readRecord } from "@/components/admin/registers";
import { devices } from "@/components/admin/registers/devices";
import { timeZoneOf } from "@/components/admin/choices";
import { toLocal } from "@/components/form/zoned-time";
import { database } from "@/lib/db/database";
import { confirmPairing, createPairing, revokeDevice } from "@/lib/devices/commands";
import { translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import { changeHall, type HallContext } from "@/lib/ledger/commands";
import type { Result } from "@/lib/kernel/result";

interface DeviceTarget {
  device: string;
  hall?: string;
}

const confirmed = async (work: () => Promise<ActionOutcome>): Promise<ActionOutcome> => {
  const outcome = await unlessAway(work);
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
};

/** One command on a device of a hall that the caller may administer. */
async function onDevice<T>(target: DeviceTarget, work: (ctx: HallContext, deviceId: number) => Promise<Result<T>>): Promise<{ place: Place; result: Result<T> }> {
  const place = await placeForAction(devices.writers, target.hall);
  if (!place.hall) throw forbidden();
  const row = await readRecord(devices, place, String(target.device));
  if (!row) throw forbidden();
  const result = await changeHall(database(), { hall: hallOf(place), actor: place.staff.actor }, (ctx) => work(ctx, row.id as number));
  if (result.ok) revalidatePath("/admin", "layout");
  return { place, result };
}

/** A code for whoever sets the device up; valid once for ten minutes. */
export async function createPairingAction(target: DeviceTarget): Promise<ActionOutcome> {
  return confirmed(async () => {
    const { place, result } = await onDevice(target, createPairing);
    if (!result.ok) return { ok: false, message: problemText(place.locale, result.code, result.details) };
    const t = translator(place.locale, "admin");
    const until = toLocal(result.value.expiresAt, timeZoneOf(place)).slice(11);
    return { ok: true, reveal: { title: t("pairing.codeTitle"), text: t("pairing.codeText", { until, code: result.value.code }), value: result.value.code } };
  });
}

/** Ends the device's token: its screen goes back to pairing. */
export async function revokeDeviceAction(target: DeviceTarget): Promise<ActionOutcome> {
  return confirmed(async () => {
    const { place, result } = await onDevice(target, revokeDevice);
    return result.ok ? { ok: true, message: translator(place.locale, "admin")("pairing.revoked") } : { ok: false, message: problemText(place.locale, result.code, result.details) };
  });
}

/** Confirms that the screen which shows the code is the chosen device. */
export async function confirmPairingAction(target: { code: string; hall?: string }, _state: { message?: string }, form: FormData): Promise<{ message?: string }> {
  const device = String(form.get("device") ?? "");
  if (!device) return { message: translator(await currentLocale(), "admin")("pairing.chooseFirst") };
  const outcome = await unlessAway(() => onDevice({ device, ...(target.hall ? { hall: target.hall } : {}) }, (ctx, id) => confirmPairing(ctx, String(target.code), id)));
  if (typeof outcome === "string") return { message: outcome };
  const { place, result } = outcome;
  if (!result.ok) return { message: problemText(place.locale, result.code, result.details) };
  redirect(adminHref(place, "/admin/pairing", { paired: device }));
}
