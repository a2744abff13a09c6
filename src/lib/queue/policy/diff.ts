/** What differs between two policies, rule by rule. Pure. */
import type { PolicyDocument } from "./schema";

export interface PolicyChange {
  /** Text `policy.rules.<rule>`; the class, window or line that it is about, if any. */
  rule: string;
  about?: string;
  before: string;
  after: string;
}

type Flat = Map<string, { rule: string; about?: string; value: string }>;

const text = (value: unknown): string => (value === undefined || value === null ? "" : Array.isArray(value) ? value.join(" ") : String(value));

/** The rules of a document one by one; classes, windows and lines by their code. */
function rulesOf(policy: PolicyDocument): Flat {
  const flat: Flat = new Map();
  const put = (rule: string, value: unknown, about?: string) => flat.set(`${rule}/${about ?? ""}`, { rule, ...(about ? { about } : {}), value: text(value) });
  for (const known of policy.classes) for (const key of ["name", "nameEn", "creditMinutes", "absolute", "minAge", "evidence", "byBooking", "maxInRow"] as const) put(`class.${key}`, known[key], known.code);
  put("classOrder", policy.ties === "class" ? policy.classes.map(({ code }) => code) : undefined);
  put("walkIn", policy.walkIn);
  put("booking.early", policy.booking.early);
  put("booking.lateCreditMinutes", policy.booking.lateCreditMinutes);
  put("calls.max", policy.calls.max);
  put("calls.pauseSeconds", policy.calls.pauseSeconds);
  for (const key of ["behind", "maxReturns", "afterMax"] as const) put(`missed.${key}`, policy.missed[key]);
  put("transfer.seniority", policy.transfer.seniority);
  put("transfer.creditMinutes", policy.transfer.seniority === "credit" ? policy.transfer.creditMinutes : undefined);
  for (const tier of ["helping", "tidal"] as const) {
    put(`${tier}.waitOver`, policy[tier].waitOver);
    for (const [line, minutes] of Object.entries(policy[tier].lines)) put(`${tier}.line`, minutes, line);
  }
  for (const { window, classes, only } of policy.reserved) {
    put("reserved.classes", classes, window);
    put("reserved.only", only, window);
  }
  for (const key of ["ties", "remindAhead", "undoSeconds"] as const) put(key, policy[key]);
  put("endOfDay.waiting", policy.endOfDay.waiting);
  put("endOfDay.held", policy.endOfDay.held);
  return flat;
}

/** Rules that one of the two does not have, or has otherwise; a rule that is absent is an empty text. */
export function comparePolicies(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const { rule, about } = (is ?? was)!;
    return (was?.value ?? "") === (is?.value ?? "") ? [] : [{ rule, ...(about ? { about } : {}), before: was?.value ?? "", after: is?.value ?? "" }];
  });
}
