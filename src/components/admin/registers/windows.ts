import { saveWindow } from "@/lib/windows/commands";
import { listWindows, type WindowRow } from "@/lib/windows/data-admin";
import { type WindowInput, windowInput } from "@/lib/windows/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN, SORT } from "../register";
import { departmentChoices, fieldChoices, lineChoices, regionChoices, zoneChoices } from "./references";

export const windows = hallRegister<WindowRow, WindowInput>({
  key: "windows",
  attributes: [
    { ...CODE, label: "windowCode", hint: "windowCode", format: "window", maxLength: 16 }, NAME, NAME_EN,
    { key: "zone", kind: "choice", list: true, filter: true, required: true, choices: zoneChoices },
    { key: "kind", kind: "choice", label: "windowKind", list: true, filter: true, required: true, choices: { codes: "window_kind" } },
    { key: "own", kind: "choices", list: true, filter: true, separator: " ", hint: "own", choices: lineChoices },
    { key: "helping", kind: "choices", list: true, separator: " ", hint: "helping", choices: lineChoices },
    { key: "tidal", kind: "choices", separator: " ", hint: "tidal", choices: lineChoices },
    { key: "state", kind: "choice", label: "windowState", list: true, filter: true, form: false, choices: { values: ["open", "paused", "closed"], tones: { open: "good", paused: "warn", closed: "neutral" } } },
    SORT, ACTIVE,
    { key: "moreKinds", kind: "choices", group: "windowWork", separator: " ", hint: "moreKinds", choices: { codes: "window_kind" } },
    { key: "breadth", kind: "choice", list: true, filter: true, required: true, initial: "by_field", choices: { codes: "window_breadth" } },
    { key: "field", kind: "choice", filter: true, clearable: true, choices: fieldChoices },
    { key: "level", kind: "choice", label: "servedLevel", hint: "servedLevel", filter: true, clearable: true, choices: { codes: "level" } },
    { key: "powers", kind: "choices", separator: " ", choices: { codes: "window_power" } },
    { key: "itemPowers", kind: "tags", separator: "|", hint: "itemPowers", wide: true },
    { key: "skills", kind: "tags", separator: "|", hint: "skills", wide: true },
    { key: "department", kind: "choice", group: "windowStaff", filter: true, choices: departmentChoices },
    { key: "chief", kind: "text", form: false },
    { key: "staffing", kind: "choice", required: true, initial: "mixed", choices: { codes: "staffing_mode" } },
    { key: "postKind", kind: "choice", required: true, initial: "counter", choices: { codes: "post_kind" } },
    { key: "assistants", kind: "number", hint: "assistants" },
    { key: "office", kind: "text", hint: "office", clearable: true, maxLength: 100 },
    { key: "honours", kind: "choices", group: "windowPlace", separator: " ", choices: { codes: "honour" } },
    { key: "icon", kind: "text", hint: "icon", format: "icon", clearable: true, maxLength: 40 },
    { key: "partnerRegions", kind: "choices", separator: " ", hint: "partnerRegions", choices: regionChoices },
    { key: "remote", kind: "flag", hint: "remote" },
    { key: "oneMetreLine", kind: "choice", clearable: true, choices: { values: ["true", "false"] } },
    { key: "deskHeightCm", kind: "number", unit: "cm", hint: "deskHeightCm", clearable: true },
    { key: "deskWidthCm", kind: "number", unit: "cm", hint: "deskWidthCm", clearable: true },
  ],
  schema: windowInput, read: listWindows, save: saveWindow,
});
