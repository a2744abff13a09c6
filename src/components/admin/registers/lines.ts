import { type LineRow, listLines } from "@/lib/catalog/data-admin";
import { saveLine } from "@/lib/catalog/commands";
import { type LineInput, lineInput } from "@/lib/catalog/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN, SORT } from "../register";
import { fieldChoices, zoneChoices } from "./references";

export const lines = hallRegister<LineRow, LineInput>({
  key: "lines",
  attributes: [
    { ...CODE, label: "lineCode", hint: "lineCode", format: "line", maxLength: 2 }, NAME, NAME_EN,
    { key: "field", kind: "choice", list: true, filter: true, required: true, choices: fieldChoices },
    { key: "zone", kind: "choice", list: true, filter: true, hint: "lineZone", choices: zoneChoices },
    { key: "minutes", kind: "number", label: "plannedMinutes", unit: "minutes", list: true, required: true, hint: "lineMinutes" },
    { key: "windows", kind: "number", label: "ownWindows", list: true, form: false },
    SORT, ACTIVE,
  ],
  schema: lineInput, read: listLines, save: saveLine,
});
