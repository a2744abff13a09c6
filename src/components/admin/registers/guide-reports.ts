import { answerReport } from "@/lib/catalog/guide/commands";
import { listReports, type ReportRow } from "@/lib/catalog/guide/data-admin";
import { type AnswerInput, answerInput, REPORT_STATES } from "@/lib/catalog/guide/schema";
import { hallRegister, type Register } from "../register";

/** Errors in guides, found by visitors or following from a change of law. */
export const guideReports: Register = {
  ...hallRegister<ReportRow, AnswerInput>({
    key: "guide-reports",
    attributes: [
      { key: "code", kind: "text", label: "reportNumber", list: true, fixed: true },
      { key: "createdAt", kind: "datetime", list: true, form: false },
      { key: "item", kind: "text", label: "reportItem", list: true, fixed: true },
      { key: "itemName", kind: "text", label: "reportItemName", list: true, fixed: true, wide: true },
      { key: "guideVersion", kind: "number", fixed: true },
      { key: "source", kind: "choice", label: "reportSource", list: true, filter: true, fixed: true, choices: { values: ["public", "law"] } },
      { key: "element", kind: "text", label: "reportElement", fixed: true },
      { key: "text", kind: "longtext", label: "reportText", list: true, fixed: true, wide: true },
      { key: "contact", kind: "text", fixed: true },
      { key: "state", kind: "choice", label: "reportState", list: true, filter: true, required: true, choices: { values: REPORT_STATES, tones: { open: "warn", mended: "good", no_error: "neutral" } } },
      { key: "answer", kind: "longtext", hint: "reportAnswer", wide: true, maxLength: 1_000 },
    ],
    schema: answerInput, read: listReports, save: answerReport,
  }),
  creators: [],
};
