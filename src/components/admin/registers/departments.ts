import { type DepartmentRow, listDepartments } from "@/lib/catalog/data-admin";
import { saveDepartment } from "@/lib/catalog/commands";
import { type DepartmentInput, departmentInput } from "@/lib/catalog/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN } from "../register";

export const departments = hallRegister<DepartmentRow, DepartmentInput>({
  key: "departments",
  attributes: [
    CODE, NAME, NAME_EN,
    { key: "shortName", kind: "text", maxLength: 40 },
    { key: "unitKind", kind: "choice", list: true, filter: true, required: true, initial: "department", choices: { codes: "unit_kind" } },
    { key: "management", kind: "choice", list: true, filter: true, required: true, initial: "local", hint: "management", choices: { codes: "unit_management" } },
    { key: "chiefName", kind: "text", list: true, hint: "chiefName", maxLength: 40 },
    { key: "chief", kind: "text", label: "chiefAccount", hint: "chiefAccount", maxLength: 32 },
    { key: "chiefPhone", kind: "text", maxLength: 40 },
    { key: "office", kind: "text", label: "backOffice", maxLength: 100 },
    { key: "ownSystem", kind: "text", hint: "ownSystem", maxLength: 100 },
    { key: "kinds", kind: "choices", label: "itemKinds", list: true, form: false, choices: { codes: "item_kind" } },
    { key: "items", kind: "number", label: "itemCount", list: true, form: false },
    { key: "functionsMerged", kind: "flag", hint: "functionsMerged" },
    { key: "movedIn", kind: "flag", hint: "movedIn" },
    { key: "itemsOnline", kind: "flag", hint: "itemsOnline" },
    { key: "checks", kind: "choice", label: "threeChecks", list: true, filter: true, form: false, choices: { values: ["met", "open"], tones: { met: "good", open: "warn" } } },
    { key: "checksEvidence", kind: "longtext", hint: "checksEvidence", wide: true, maxLength: 1_000 },
    ACTIVE,
  ],
  schema: departmentInput, read: listDepartments, save: saveDepartment,
});
