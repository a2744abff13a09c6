import { saveWindow } from "@/lib/windows/commands";
import { listWindows, type WindowRow } from "@/lib/windows/data-admin";
import { type WindowInput, windowInput } from "@/lib/windows/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN, SORT } from "../register";
import { departmentChoices, lineChoices, zoneChoices } from "./references";

export const windows = hallRegister<WindowRow, WindowInput>({
  key: "windows",
  attributes: [
    { ...CODE, label: "windowCode", hint: "windowCode", format: "window", maxLength: 16 }, NAME, NAME_EN,
    { key: "zone", kind: "choice", list: true, filter: true, required: true, choices: zoneChoices },
    { key: "kind", kind: "choice", label: "windowKind", list: true, filter: true, required: true, choices: { codes: "window_kind" } },
    { key: "department", kind: "choice", choices: departmentChoices },
    { key: "own", kind: "choices", list: true, filter: true, separator: " ", hint: "own", choices: lineChoices },
    { key: "helping", kind: "choices", list: true, separator: " ", hint: "helping", choices: lineChoices },
    { key: "state", kind: "choice", label: "windowState", list: true, filter: true, form: false, choices: { values: ["open", "paused", "closed"], tones: { open: "good", paused: "warn", closed: "neutral" } } },
    SORT, ACTIVE,
  ],
  schema: windowInput, read: listWindows, save: saveWindow,
  check: (input) => (input.helping.some((code) => input.own.includes(code)) ? { field: "helping", code: "line_twice" } : undefined),
});
