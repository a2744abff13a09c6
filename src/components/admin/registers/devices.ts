import { saveDevice } from "@/lib/devices/commands";
import { type DeviceRow, listDevices } from "@/lib/devices/data-admin";
import { type DeviceInput, deviceInput } from "@/lib/devices/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN } from "../register";
import { zoneChoices } from "./references";

export const devices = hallRegister<DeviceRow, DeviceInput>({
  key: "devices",
  attributes: [
    { ...CODE, hint: "deviceCode", format: "device", maxLength: 32 }, NAME, NAME_EN,
    { key: "kind", kind: "choice", label: "deviceKind", list: true, filter: true, required: true, choices: { codes: "device_kind" } },
    { key: "zone", kind: "choice", list: true, filter: true, hint: "deviceZone", choices: zoneChoices },
    { key: "state", kind: "choice", label: "deviceState", list: true, filter: true, form: false, choices: { values: ["online", "offline", "unpaired"], tones: { online: "good", offline: "bad", unpaired: "neutral" } } },
    { key: "seenAt", kind: "datetime", list: true, form: false },
    { key: "purpose", kind: "longtext", wide: true, maxLength: 200 },
    ACTIVE,
  ],
  schema: deviceInput, read: listDevices, save: saveDevice,
});
