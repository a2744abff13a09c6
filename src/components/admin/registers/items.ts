import { type ItemRow, listItems } from "@/lib/catalog/data-admin";
import { saveItem } from "@/lib/catalog/commands";
import { type ItemInput, itemInput } from "@/lib/catalog/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN } from "../register";
import { categoryFieldChoices, departmentChoices, fieldChoices, lineChoices } from "./references";

export const items = hallRegister<ItemRow, ItemInput>({
  key: "items",
  attributes: [
    { ...CODE, label: "itemCode", hint: "itemCode" }, { ...NAME, wide: true }, { ...NAME_EN, wide: true },
    { key: "kind", kind: "choice", label: "itemKind", list: true, filter: true, required: true, choices: { codes: "item_kind" } },
    { key: "category", kind: "choice", label: "itemCategory", list: true, filter: true, required: true, initial: "power", hint: "itemCategory", choices: { codes: "item_category" } },
    { key: "categoryField", kind: "choice", hint: "categoryField", choices: categoryFieldChoices },
    { key: "department", kind: "choice", list: true, filter: true, required: true, choices: departmentChoices },
    { key: "field", kind: "choice", filter: true, required: true, choices: fieldChoices },
    { key: "line", kind: "choice", list: true, filter: true, hint: "itemLine", choices: lineChoices },
    { key: "residency", kind: "choice", list: true, filter: true, form: false, choices: { values: ["resident", "leaving", "not_resident"], tones: { resident: "good", leaving: "warn", not_resident: "neutral" } } },
    { key: "minutes", kind: "number", label: "usualMinutes", unit: "minutes", list: true, required: true },
    { key: "caseKind", kind: "choice", list: true, required: true, initial: "1", choices: { codes: "case_kind" } },
    { key: "promisedDays", kind: "number", unit: "workingDays", hint: "promisedDays" },
    { key: "audience", kind: "choices", separator: " ", choices: { codes: "audience" } },
    { key: "onApplication", kind: "flag", hint: "onApplication", initial: "1", filter: true },
    { key: "level", kind: "choice", label: "powerLevel", filter: true, required: true, initial: "3", choices: { codes: "level" } },
    { key: "mode", kind: "choice", label: "residencyMode", required: true, initial: "dispatched", choices: { codes: "residency_mode" } },
    { key: "channels", kind: "choices", separator: " ", initial: "window", choices: { codes: "channel" } },
    { key: "channelsPlanned", kind: "choices", separator: " ", hint: "channelsPlanned", choices: { codes: "channel" } },
    { key: "shareScope", kind: "choice", filter: true, required: true, initial: "none", choices: { codes: "share_scope" } },
    { key: "shareRegions", kind: "tags", separator: "|", hint: "shareRegions" },
    { key: "intakeSystem", kind: "choice", list: true, filter: true, required: true, initial: "integrated", hint: "intakeSystem", choices: { codes: "intake_system" } },
    { key: "baseCode", kind: "text", hint: "baseCode", maxLength: 64 },
    { key: "implCode", kind: "text", maxLength: 64 },
    { key: "handlingCode", kind: "text", maxLength: 64 },
    { key: "aliases", kind: "tags", separator: "|", hint: "aliases", wide: true },
    { key: "popular", kind: "flag", hint: "popular" },
    ACTIVE,
  ],
  schema: itemInput, read: listItems, save: saveItem,
});
