/**
 * 公民身份号码 by GB 11643—1999: 6 digits region, 8 digits birth date, 3 digits order, 1 check character (ISO 7064
 * MOD 11-2). Pure; used by kiosk and server alike.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

export type IdNumber = { ok: true; birth: string; age(on: string): number } | { ok: false; reason: "length" | "characters" | "date" | "check" };

/** Checks an ID number; `birth` is `YYYY-MM-DD`, `age(on)` whole years on a date of the same form. */
export function checkIdNumber(text: string): IdNumber {
  const number = text.trim().toUpperCase();
  if (number.length !== 18) return { ok: false, reason: "length" };
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return { ok: false, reason: "characters" };
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const date = new Date(`${birth}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== birth || date.getTime() > Date.now() || number.slice(6, 10) < "1850") {
    return { ok: false, reason: "date" };
  }
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  if (CHECKS[sum % 11] !== number[17]) return { ok: false, reason: "check" };
  return { ok: true, birth, age: (on) => ageOn(birth, on) };
}

/** Whole years between two dates `YYYY-MM-DD`. */
function ageOn(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}
