import { database } from "@/lib/db/database";
import { saveCode } from "@/lib/catalog/codes/commands";
import { codeTableNames, listCodes } from "@/lib/catalog/codes/data";
import { type CodeEntryInput, codeEntryInput } from "@/lib/catalog/codes/schema";
import { refuse } from "@/lib/kernel/result";
import { changeHall } from "@/lib/ledger/commands";
import { ACTIVE, type Change, CODE, NAME, NAME_EN, type Register, type SaveResult } from "../register";

async function save({ place, input, record }: Change): Promise<SaveResult> {
  const hall = place.hall ?? place.halls[0];
  if (!hall) return refuse("hall_not_found");
  const saved = await changeHall(database(), { hall, actor: place.staff.actor }, (ctx) => saveCode(ctx, input as CodeEntryInput, record?.version));
  return saved.ok ? { ok: true, value: {} } : saved;
}

/** Code tables of the platform with the codes that other systems use: data, never an enumeration in the program. */
export const codes: Register = {
  key: "codes", identity: "key", platform: true,
  attributes: [
    { key: "table", kind: "choice", label: "codeTable", list: true, filter: true, required: true, fixed: true, choices: { from: codeTableNames, coded: true } },
    { ...CODE, maxLength: 40 }, NAME, NAME_EN,
    { key: "sort", kind: "number", hint: "codeSort" },
    { key: "maps", kind: "tags", label: "codeMaps", list: true, form: false },
    ACTIVE,
  ],
  schema: codeEntryInput,
  readers: ["system_admin", "hall_admin", "region_admin", "auditor"], writers: ["system_admin"],
  read: (db, _place, query) => listCodes(db, query) as never,
  save,
};
