import { saveConsolidation } from "@/lib/windows/report/commands";
import { type ConsolidationRow, listConsolidations } from "@/lib/windows/report/data-admin";
import { type ConsolidationInput, consolidationInput } from "@/lib/windows/report/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN } from "../register";

export const consolidations = hallRegister<ConsolidationRow, ConsolidationInput>({
  key: "consolidations",
  attributes: [
    CODE, { ...NAME, wide: true }, { ...NAME_EN, wide: true },
    { key: "onDate", kind: "text", list: true, required: true, hint: "onDate", format: "date", maxLength: 10 },
    { key: "departmentsBefore", kind: "number", group: "beforeAfter", list: true }, { key: "departmentsAfter", kind: "number", list: true },
    { key: "departmentsReduced", kind: "number", unit: "percent", list: true, form: false },
    { key: "windowsBefore", kind: "number", list: true }, { key: "windowsAfter", kind: "number", list: true },
    { key: "windowsReduced", kind: "number", unit: "percent", list: true, form: false },
    { key: "staffBefore", kind: "number", list: true }, { key: "staffAfter", kind: "number", list: true },
    { key: "staffReduced", kind: "number", unit: "percent", list: true, form: false },
    { key: "note", kind: "longtext", maxLength: 400, wide: true }, ACTIVE,
  ],
  schema: consolidationInput, read: listConsolidations, save: saveConsolidation,
});
