import type { Reveal } from "@/components/form/form-state";
import { STAFF_ROLES, type StaffRole } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { refuse } from "@/lib/kernel/result";
import { changeHall, type HallRef } from "@/lib/ledger/commands";
import { type Reach, resetPassword, saveStaff } from "@/lib/staff/commands";
import { listStaff, type StaffRow } from "@/lib/staff/data-admin";
import { type StaffInput, staffInput } from "@/lib/staff/schema";
import type { Place } from "../place";
import { ACTIVE, type Change, isHallRole, type Register, type Row, type SaveResult } from "../register";
import { departmentChoices, windowChoices } from "./references";

/** Duties are kept apart (GB/T 22239 8.1.5): who runs the system appoints neither those who watch it nor those who audit it. */
const APPOINTS: Partial<Record<StaffRole, readonly StaffRole[]>> = {
  hall_admin: ["guide", "clerk", "chief", "hall_admin"],
  system_admin: ["guide", "clerk", "chief", "hall_admin", "region_admin", "system_admin"],
  security_admin: STAFF_ROLES,
};

/** Roles that a person may give here: those of the chosen hall, or without one those of the platform. */
export const rolesToGive = (place: Place): readonly StaffRole[] =>
  (APPOINTS[place.staff.role] ?? []).filter((role) => (place.hall ? isHallRole(role) || role === "region_admin" : !isHallRole(role) && role !== "region_admin"));

/** An account may be changed by those who could have appointed it. */
export const mayChangeAccount = (place: Place, row: Row): boolean => (APPOINTS[place.staff.role] ?? []).includes(row.role as StaffRole);

/** The hall in whose ledger a change of the account stands: its own, one of its region, or the first. */
export function hallOfAccount(place: Place, row: Row | undefined): HallRef | undefined {
  const account = row as unknown as StaffRow | undefined;
  if (account?.hall) return place.halls.find((hall) => hall.code === account.hall);
  if (account?.region) return place.halls.find((hall) => hall.region === account.region) ?? place.halls[0];
  return place.hall ?? place.halls[0];
}

/** A hall's administrator stays within the hall, whatever was posted. */
export const reachOf = (place: Pick<Place, "staff">): Reach => (place.staff.hallId === undefined ? "platform" : "hall");

async function save({ place, input, record }: Change): Promise<SaveResult> {
  const wanted = input as StaffInput;
  const row = record?.row as unknown as StaffRow | undefined;
  if (wanted.role !== row?.role && !rolesToGive(place).includes(wanted.role)) return refuse("role_not_yours", {}, "role");
  if (row && row.id === place.staff.id && (wanted.role !== row.role || wanted.active === false)) return refuse("own_account", {}, wanted.active === false ? "active" : "role");
  const hall = hallOfAccount(place, record?.row);
  if (!hall) return refuse("hall_not_found");
  return changeHall<{ reveal?: Reveal }>(database(), { hall, actor: place.staff.actor }, async (ctx) => {
    if (!record && (await listStaff(ctx.tx, undefined, { filters: { username: wanted.username }, limit: 1 })).total > 0) return refuse("code_taken", {}, "username");
    const saved = await saveStaff(ctx, wanted, record?.version, reachOf(place));
    if (!saved.ok) return saved;
    if (!saved.value.created) return { ok: true, value: {} };
    const password = await resetPassword(ctx, saved.value.id, reachOf(place));
    return password.ok ? { ok: true, value: { reveal: firstPassword(place, wanted.username, password.value) } } : password;
  });
}

/** The one sight of a password that was just made. */
export function firstPassword(place: Pick<Place, "locale">, username: string, value: string) {
  const t = translator(place.locale, "admin");
  return { title: t("password.title", { username }), text: t("password.text"), value };
}

export const staff: Register = {
  key: "staff", identity: "username", platform: true,
  attributes: [
    { key: "username", kind: "text", list: true, required: true, fixed: true, hint: "username", format: "username", maxLength: 32 },
    { key: "name", kind: "text", label: "personName", list: true, required: true, maxLength: 200 },
    { key: "role", kind: "choice", list: true, filter: true, required: true, hint: "role", choices: { values: STAFF_ROLES, offer: rolesToGive, text: (locale, role) => translator(locale, "login")(`roles.${role}`) } },
    { key: "hall", kind: "choice", list: (place) => place.hall === undefined, form: false, choices: { from: async (_, place) => place.halls } },
    { key: "departmentName", kind: "text", label: "department", list: true, form: false },
    { key: "department", kind: "choice", filter: true, choices: departmentChoices },
    { key: "window", kind: "choice", label: "usualWindow", list: true, hint: "usualWindow", choices: windowChoices },
    { key: "level", kind: "choice", label: "servedLevel", hint: "servedLevel", filter: true, clearable: true, choices: { codes: "level" } },
    { key: "state", kind: "choice", label: "accountState", list: true, filter: true, form: false, choices: { values: ["active", "first_password", "no_password", "disabled"], tones: { first_password: "warn", no_password: "warn", disabled: "neutral" } } },
    { key: "seenAt", kind: "datetime", label: "lastSeen", list: true, form: false },
    { ...ACTIVE, list: false, filter: false, hint: "accountActive" },
  ],
  schema: staffInput,
  readers: ["hall_admin", "chief", "region_admin", "system_admin", "security_admin", "auditor"], writers: ["hall_admin", "system_admin", "security_admin"],
  mayChange: mayChangeAccount,
  read: (db, place, query) => listStaff(db, place.hall?.id, query) as never,
  save,
};
