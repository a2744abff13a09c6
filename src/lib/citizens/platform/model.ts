/** What the platform says of somebody, in our words. Pure. */
import { checkIdNumber } from "@/lib/kernel/id-number";
import type { Profile } from "../model";

export interface ClaimNames {
  name: string;
  phone: string;
  id: string;
}

const STANDARD: ClaimNames = { name: "name", phone: "phone_number", id: "id_number" };

/** "name=userName phone=mobile id=certNo": platforms name their claims as they like; what is not named has the standard's name. */
export const claimNames = (text: string): ClaimNames => ({ ...STANDARD, ...Object.fromEntries(text.trim().split(/\s+/).filter(Boolean).map((pair) => pair.split("=", 2) as [string, string])) });

/** Name, phone and ID number of the claims, each only when it is well formed. A phone that the platform calls unproven does not count. */
export function profileOf(claims: Readonly<Record<string, unknown>>, names: ClaimNames): Profile {
  const text = (key: string): string => (typeof claims[key] === "string" ? claims[key].trim() : "");
  const phone = text(names.phone).replace(/[\s-]/g, "").replace(/^(\+?86)(?=1)/, "");
  const idNumber = text(names.id).toUpperCase();
  return {
    ...(text(names.name) ? { name: text(names.name).slice(0, 60) } : {}),
    ...(/^1[3-9]\d{9}$/.test(phone) && claims.phone_number_verified !== false ? { phone } : {}),
    ...(checkIdNumber(idNumber).ok ? { idNumber } : {}),
  };
}
