/** The input of a booking from what was typed, or what has to be corrected. Pure; stays on the server. */
import { type BookInput, bookInput } from "@/lib/appointments/schema";
import type { Translate } from "@/lib/i18n/messages";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { type Chosen, WHO_FIELDS, type WhoField, type WhoState, type WhoValues } from "./who";

const FAULTS: Record<string, { field: WhoField; key: string }> = {
  "person.name": { field: "name", key: "nameMissing" }, "person.phone": { field: "phone", key: "phoneWrong" },
  "booker.name": { field: "bookerName", key: "bookerMissing" }, "booker.phone": { field: "bookerPhone", key: "bookerPhoneWrong" },
};

/** The input of the command, or what has to be corrected, field by field. */
export function readWho(values: WhoValues, chosen: Chosen, more: { channel: "web" | "platform"; locale: "zh" | "en"; idNumber?: string | undefined; proof?: string | undefined }, t: Translate): { input: BookInput } | { errors: WhoState["errors"] } {
  const forOther = values.relation !== "self";
  const idNumber = values.idNumber.toUpperCase() || (forOther ? "" : (more.idNumber ?? ""));
  const parsed = bookInput.safeParse({
    hold: chosen.hold, party: chosen.party, person: { name: values.name, phone: values.phone, idNumber }, channel: more.channel, locale: more.locale, class: values.class, needs: values.needs, relation: values.relation,
    ...(forOther ? { booker: { name: values.bookerName, phone: values.bookerPhone } } : {}), ...(values.address ? { address: values.address } : {}), ...(values.note ? { note: values.note } : {}), ...(more.proof ? { proof: more.proof } : {}),
  });
  const found = parsed.success ? [] : parsed.error.issues.map((issue) => FAULTS[issue.path.join(".")] ?? { field: "name" as const, key: "nameMissing" });
  if (idNumber && !checkIdNumber(idNumber).ok) found.push({ field: "idNumber", key: "idWrong" });
  if (chosen.kind === "home" && !values.address) found.push({ field: "address", key: "addressMissing" });
  if (parsed.success && found.length === 0) return { input: parsed.data };
  const order: readonly string[] = WHO_FIELDS;
  return { errors: found.sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field)).map(({ field, key }) => ({ field, text: t(`who.${key}`) })) };
}
