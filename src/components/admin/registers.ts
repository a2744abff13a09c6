/** All registers of the administration. A new module adds its declaration here and its texts to admin.json. */
import { database } from "@/lib/db/database";
import type { Place } from "./place";
import type { Register, Row } from "./register";
import { BOOKING_REGISTERS } from "./registers/booking";
import { calls } from "./registers/calls";
import { waitScores } from "./registers/wait-scores";
import { codes } from "./registers/codes";
import { consolidations } from "./registers/consolidations";
import { departments } from "./registers/departments";
import { devices } from "./registers/devices";
import { fields } from "./registers/fields";
import { guideReports } from "./registers/guide-reports";
import { guides } from "./registers/guides";
import { hallDays } from "./registers/hall-days";
import { halls } from "./registers/halls";
import { items } from "./registers/items";
import { lines } from "./registers/lines";
import { MESSAGE_REGISTERS } from "./registers/messages";
import { notices } from "./registers/notices";
import { disclosures, packageCoverage, packages } from "./registers/packages";
import { RESIDENCY_REGISTERS } from "./registers/residency";
import { plannerRules } from "./registers/planner";
import { staff } from "./registers/staff";
import { windows } from "./registers/windows";
import { zones } from "./registers/zones";

const REGISTERS: readonly Register[] = [calls, plannerRules, waitScores, windows, lines, items, guides, guideReports, fields, departments, codes, halls, zones, notices, hallDays, devices, consolidations, staff, ...RESIDENCY_REGISTERS, packages, packageCoverage, disclosures, ...MESSAGE_REGISTERS, ...BOOKING_REGISTERS];

export const registerOf = (key: string): Register | undefined => REGISTERS.find((register) => register.key === key);

/** One record by its code, within what the person may see. */
export async function readRecord(register: Register, place: Place, key: string): Promise<Row | undefined> {
  return (await register.read(database(), place, { filters: { [register.identity]: key }, limit: 1 })).rows[0];
}
