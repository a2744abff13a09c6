import { listZones, type ZoneRow } from "@/lib/regions/data-admin";
import { saveZone } from "@/lib/regions/commands";
import { type ZoneInput, zoneInput } from "@/lib/regions/schema";
import { ACTIVE, CODE, hallRegister, NAME, NAME_EN, SORT } from "../register";

export const zones = hallRegister<ZoneRow, ZoneInput>({
  key: "zones",
  attributes: [
    CODE, NAME, NAME_EN,
    { key: "kind", kind: "choice", label: "zoneKind", list: true, filter: true, required: true, choices: { codes: "zone_kind" } },
    { key: "floor", kind: "number", list: true, required: true, hint: "floor" },
    { key: "voice", kind: "choice", list: true, required: true, hint: "voice", initial: "silent", choices: { values: ["silent", "speak"] } },
    { key: "alwaysOpen", kind: "flag", list: true, hint: "alwaysOpen" },
    SORT, ACTIVE,
  ],
  schema: zoneInput, read: listZones, save: saveZone,
});
