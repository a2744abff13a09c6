import { type GuideRow, listGuides } from "@/lib/catalog/guide/data-admin";
import { CODE, hallList, NAME } from "../register";
import { departmentChoices } from "./references";

/** Guides of all items with what differs between channels; written on pages of their own. */
export const guides = hallList<GuideRow>({
  key: "guides",
  attributes: [
    { ...CODE, label: "itemCode" }, NAME,
    { key: "state", kind: "choice", label: "guideState", list: true, filter: true, choices: { values: ["valid", "coming", "none"], tones: { valid: "good", coming: "info", none: "neutral" } } },
    { key: "guideVersion", kind: "number", list: true },
    { key: "effectiveOn", kind: "text", list: true },
    { key: "draft", kind: "flag", list: true, filter: true },
    { key: "situations", kind: "number", list: true },
    { key: "materials", kind: "number", list: true },
    { key: "checks", kind: "number", label: "checkPoints", list: true },
    { key: "fields", kind: "number", label: "formFields" },
    { key: "differences", kind: "choices", list: true, filter: true, choices: { values: ["promised", "window", "web", "mobile", "utility"] } },
    { key: "openReports", kind: "number", list: true },
    { key: "department", kind: "choice", list: true, filter: true, choices: departmentChoices },
    { key: "kind", kind: "choice", label: "itemKind", filter: true, choices: { codes: "item_kind" } },
    { key: "level", kind: "choice", label: "powerLevel", choices: { codes: "level" } },
    { key: "popular", kind: "flag", filter: true },
  ],
  read: listGuides,
});
