import { database } from "@/lib/db/database";
import { changeHall } from "@/lib/ledger/commands";
import { openHall } from "@/lib/queue/hall/commands";
import { refuse } from "@/lib/kernel/result";
import { saveHall } from "@/lib/regions/commands";
import { listHallRows } from "@/lib/regions/data-admin";
import { type HallInput, hallInput } from "@/lib/regions/schema";
import { ACTIVE, type Change, CODE, NAME, NAME_EN, type Register, type SaveResult } from "../register";
import { regionChoices } from "./references";

/** Where a hall belongs and whether it runs is decided above it. */
const decidedAbove = { fixed: (place: Change["place"]) => place.staff.role === "hall_admin" };

async function save({ place, input, record }: Change): Promise<SaveResult> {
  const wanted = input as HallInput;
  if (!record) {
    const model = place.hall ?? place.halls[0];
    const opened = model ? await openHall(wanted, place.staff.actor, model) : refuse("hall_not_found");
    return opened.ok ? { ok: true, value: {} } : opened;
  }
  const hall = place.halls.find((known) => known.code === wanted.code);
  if (!hall) return refuse("hall_not_found");
  const saved = await changeHall(database(), { hall, actor: place.staff.actor }, (ctx) => saveHall(ctx, wanted, record.version));
  return saved.ok ? { ok: true, value: {} } : saved;
}

export const halls: Register = {
  key: "halls", identity: "code", platform: true,
  attributes: [
    { ...CODE, hint: "hallCode", format: "hall", maxLength: 32 }, NAME, NAME_EN,
    { key: "region", kind: "choice", list: true, filter: true, required: true, ...decidedAbove, choices: regionChoices },
    { key: "level", kind: "choice", label: "hallLevel", list: true, filter: true, required: true, ...decidedAbove, choices: { codes: "hall_level" } },
    { key: "kind", kind: "choice", label: "hallKind", list: true, filter: true, required: true, initial: "comprehensive", ...decidedAbove, choices: { codes: "hall_kind" } },
    { key: "levels", kind: "choices", label: "hallLevels", hint: "hallLevels", choices: { codes: "level" } },
    { key: "address", kind: "text", list: true, wide: true, maxLength: 200 },
    { key: "addressEn", kind: "text", wide: true, maxLength: 200 },
    { key: "phone", kind: "text", list: true, maxLength: 40 },
    { key: "timeZone", kind: "text", required: true, initial: "Asia/Shanghai", hint: "timeZone", maxLength: 60, ...decidedAbove },
    { ...ACTIVE, ...decidedAbove },
  ],
  schema: hallInput,
  readers: ["hall_admin", "chief", "region_admin", "system_admin", "auditor"], writers: ["hall_admin", "system_admin"], creators: ["system_admin"],
  read: (db, place, query) => listHallRows(db, place.halls.map((hall) => hall.id), query) as never,
  save,
};
