import { type ItemRow, listItems } from "@/lib/catalog/data-admin";
import { saveItem } from "@/lib/catalog/commands";
import { type ItemInput, itemInput } from "@/lib/catalog/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN } from "../register";
import { departmentChoices, fieldChoices, lineChoices } from "./references";

export const items = hallRegister<ItemRow, ItemInput>({
  key: "items",
  attributes: [
    { ...CODE, label: "itemCode", hint: "itemCode" }, { ...NAME, wide: true }, { ...NAME_EN, wide: true },
    { key: "kind", kind: "choice", label: "itemKind", list: true, filter: true, required: true, choices: { codes: "item_kind" } },
    { key: "department", kind: "choice", list: true, filter: true, required: true, choices: departmentChoices },
    { key: "field", kind: "choice", filter: true, required: true, choices: fieldChoices },
    { key: "line", kind: "choice", list: true, filter: true, required: true, hint: "itemLine", choices: lineChoices },
    { key: "minutes", kind: "number", label: "usualMinutes", unit: "minutes", list: true, required: true },
    { key: "caseKind", kind: "choice", list: true, required: true, initial: "1", choices: { codes: "case_kind" } },
    { key: "promisedDays", kind: "number", unit: "workingDays", hint: "promisedDays" },
    { key: "audience", kind: "choices", separator: " ", choices: { codes: "audience" } },
    { key: "aliases", kind: "tags", separator: "|", hint: "aliases", wide: true },
    { key: "popular", kind: "flag", hint: "popular" },
    ACTIVE,
  ],
  schema: itemInput, read: listItems, save: saveItem,
});
