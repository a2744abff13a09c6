/** What is wrong with a policy, found before it is published, and what it promises. Pure: a document and facts of the hall in, findings out. */
import { BOOKED_CLASS } from "./model";
import type { PolicyDocument, TicketClass } from "./schema";

/** What the checks must know of a hall. */
export interface PolicyFacts {
  /** Active lines with the active windows of each tier, by code. */
  lines: { code: string; windows: { 1: string[]; 2: string[]; 3: string[] }; seats: number }[];
  /** Active windows, by code. */
  windows: string[];
  /** Resident items whose line has no window of its own at all. */
  unserved: { item: string; name: string; line: string }[];
  /** Known codes of evidence. */
  evidence: string[];
  /** Whether the hall offers times to book. */
  books: boolean;
}

/** One finding: the text is `policy.problems.<code>` with `values`; a refused document cannot be published. */
export interface PolicyProblem {
  code: string;
  severity: "refused" | "warning";
  field: string;
  values: Record<string, string | number>;
  /** Row of the register that it would break. */
  requirement?: string;
}

const refused = (code: string, field: string, values: PolicyProblem["values"] = {}, requirement?: string): PolicyProblem => ({ code, severity: "refused", field, values, ...(requirement ? { requirement } : {}) });
const warning = (code: string, field: string, values: PolicyProblem["values"] = {}): PolicyProblem => ({ code, severity: "warning", field, values });

/** Everything that speaks against publishing the document in this hall, refusals first. */
export function checkPolicy(policy: PolicyDocument, facts: PolicyFacts): PolicyProblem[] {
  const found = [...clauses(policy), ...chance(policy), ...contradictions(policy), ...unserved(facts), ...starving(policy, facts), ...dead(policy, facts), ...cautions(policy, facts)];
  return found.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

/** 应 rows that no hall may switch off (JY-7.2.2c, JY-7.2.2e). */
function clauses(policy: PolicyDocument): PolicyProblem[] {
  return [
    ...(policy.walkIn === "always" ? [] : [refused("walk_in_refused", "walkIn", {}, "JY-7.2.2c")]),
    ...(policy.missed.afterMax === "refuse" ? [refused("missed_refused", "missed.afterMax", { returns: policy.missed.maxReturns }, "JY-7.2.2e")] : []),
  ];
}

/** Without a rule for equal ranks the order is left to chance; the example is two people whose credits meet. */
function chance(policy: PolicyDocument): PolicyProblem[] {
  if (policy.ties !== "none") return [];
  const [least, most] = extremes(policy.classes);
  return [refused("chance", "ties", { first: least.name, firstEn: least.nameEn, second: most.name, secondEn: most.nameEn, at: clock(9 * 60), later: clock(9 * 60 + most.creditMinutes - least.creditMinutes) })];
}

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(Math.round(minutes) % 60).padStart(2, "0")}`;

function extremes(classes: readonly TicketClass[]): [TicketClass, TicketClass] {
  const sorted = [...classes].sort((a, b) => a.creditMinutes - b.creditMinutes);
  return [sorted[0]!, sorted.at(-1)!];
}

function contradictions(policy: PolicyDocument): PolicyProblem[] {
  const found: PolicyProblem[] = [];
  const names = policy.classes.map((known) => known.code);
  for (const code of new Set(names.filter((code, index) => names.indexOf(code) !== index))) found.push(refused("class_twice", "classes", { class: code }));
  const normal = policy.classes.find((known) => known.code === "normal")!;
  for (const known of policy.classes) if (known.creditMinutes < normal.creditMinutes) {
    found.push(refused("less_than_regular", "classes", { class: known.name, classEn: known.nameEn, credit: known.creditMinutes, regular: normal.creditMinutes }));
  }
  const byAge = policy.classes.filter((known) => known.minAge !== undefined).sort((a, b) => a.minAge! - b.minAge!);
  byAge.forEach((older, index) => {
    const younger = byAge.slice(0, index).find((known) => known.minAge! < older.minAge! && known.creditMinutes > older.creditMinutes);
    if (younger) found.push(refused("older_gets_less", "classes", { older: older.name, olderEn: older.nameEn, younger: younger.name, youngerEn: younger.nameEn, age: older.minAge!, credit: older.creditMinutes, more: younger.creditMinutes }));
  });
  const booked = policy.classes.find((known) => known.code === BOOKED_CLASS);
  if (policy.booking.lateCreditMinutes > (booked?.creditMinutes ?? 0)) found.push(refused("late_gets_more", "booking.lateCreditMinutes", { late: policy.booking.lateCreditMinutes, booked: booked?.creditMinutes ?? 0 }));
  return found;
}

const unserved = (facts: PolicyFacts): PolicyProblem[] =>
  facts.unserved.slice(0, 20).map(({ item, name, line }) => refused("item_unserved", "windows", { item, name, line }));

/** Who could wait for ever: the bound of being overtaken is not finite, or no window ever calls them. */
function starving(policy: PolicyDocument, facts: PolicyFacts): PolicyProblem[] {
  const found: PolicyProblem[] = [];
  for (const first of policy.classes.filter((known) => known.absolute)) for (const other of policy.classes.filter((known) => !known.absolute)) {
    found.push(refused("class_starves", "classes", { class: other.name, classEn: other.nameEn, first: first.name, firstEn: first.nameEn }));
  }
  for (const line of facts.lines) {
    const own = line.windows[1];
    const helpers = [...line.windows[2], ...line.windows[3]];
    if (own.length === 0 && helpers.length > 0) found.push(refused("line_starves", "windows", { line: line.code, window: helpers[0]! }));
    if (own.length === 0 || own.some((window) => !policy.reserved.some((rule) => rule.window === window))) continue;
    // Every window of the line is reserved for somebody.
    for (const known of policy.classes) {
      const values = { class: known.name, classEn: known.nameEn, line: line.code, windows: own.join(" ") };
      if (!own.some((window) => serves(policy, window, known.code))) found.push(refused("class_unserved", "reserved", values));
      else if (!own.some((window) => policy.reserved.some((rule) => rule.window === window && rule.classes.includes(known.code)))) found.push(refused("class_starves_reserved", "reserved", values));
    }
  }
  return found;
}

const serves = (policy: PolicyDocument, window: string, code: string): boolean => policy.reserved.every((rule) => rule.window !== window || !rule.only || rule.classes.includes(code));

/** Rules that can never apply. */
function dead(policy: PolicyDocument, facts: PolicyFacts): PolicyProblem[] {
  const found: PolicyProblem[] = [];
  const known = new Set(policy.classes.map(({ code }) => code));
  const seen = new Set<string>();
  for (const rule of policy.reserved) {
    if (!facts.windows.includes(rule.window)) found.push(refused("reserved_no_window", "reserved", { window: rule.window }));
    if (seen.has(rule.window)) found.push(refused("reserved_twice", "reserved", { window: rule.window }));
    seen.add(rule.window);
    for (const code of rule.classes) if (!known.has(code)) found.push(refused("reserved_no_class", "reserved", { window: rule.window, class: code }));
  }
  for (const [tier, rules] of [[2, policy.helping], [3, policy.tidal]] as const) for (const [code, minutes] of Object.entries(rules.lines)) {
    const line = facts.lines.find((each) => each.code === code);
    if (!line || line.windows[tier].length === 0) found.push(refused("tier_never", tier === 2 ? "helping" : "tidal", { line: code, minutes }));
  }
  const byAge = policy.classes.filter((each) => each.minAge !== undefined);
  for (const each of byAge) {
    const better = byAge.find((other) => other !== each && other.minAge! <= each.minAge! && other.creditMinutes >= each.creditMinutes && (other.minAge! < each.minAge! || policy.classes.indexOf(other) < policy.classes.indexOf(each)));
    if (better && better.creditMinutes === each.creditMinutes) found.push(refused("age_never", "classes", { class: each.name, classEn: each.nameEn, by: better.name, byEn: better.nameEn, age: each.minAge! }));
  }
  return found;
}

/** What works, but is worth a second look; never blocks (宜). */
function cautions(policy: PolicyDocument, facts: PolicyFacts): PolicyProblem[] {
  const found: PolicyProblem[] = [];
  for (const known of policy.classes) {
    const claimed = known.creditMinutes > 0 && !known.byBooking && known.minAge === undefined;
    if (claimed && !known.evidence?.length) found.push(warning("no_evidence", "classes", { class: known.name, classEn: known.nameEn }));
    for (const code of known.evidence ?? []) if (!facts.evidence.includes(code)) found.push(refused("evidence_unknown", "classes", { class: known.name, classEn: known.nameEn, evidence: code }));
    if (known.byBooking && !facts.books) found.push(warning("nothing_to_book", "classes", { class: known.name, classEn: known.nameEn }));
  }
  for (const [tier, rules, field] of [[2, policy.helping, "helping"], [3, policy.tidal, "tidal"]] as const) {
    if (rules.waitOver !== null && !facts.lines.some((line) => line.windows[tier].length > 0)) found.push(warning("tier_unused", field, { minutes: rules.waitOver }));
  }
  return found;
}

/** What a policy promises to somebody of a class in a line. */
export interface Guarantee {
  class: string;
  /** Only people who come less than so many minutes later can be called before; in the same line, for the same windows. */
  minutes: number;
  /** Of these, booked visitors at most, by the seats on offer; by line. */
  booked: { line: string; tickets: number }[];
  /** Other classes that may overtake within the minutes. */
  overtakers: string[];
  /** Windows that are reserved for others: what is called there comes on top. */
  apart: string[];
}

/**
 * The promise: a ticket that keeps its place is overtaken only by those who come within the difference of the credits after
 * it. Follows from rank = arrival − credit: Y goes before X only if arrival(Y) − credit(Y) ≤ arrival(X) − credit(X).
 * Undefined when there is none (an absolute class). `seats` of a line are the most visits that can be booked to come within
 * the booked credit.
 */
export function guaranteeOf(policy: PolicyDocument, facts: Pick<PolicyFacts, "lines">, code = "normal"): Guarantee | undefined {
  const own = policy.classes.find((known) => known.code === code);
  if (!own || policy.classes.some((known) => known.absolute)) return undefined;
  const better = policy.classes.filter((known) => known.creditMinutes > own.creditMinutes);
  const booked = better.find((known) => known.code === BOOKED_CLASS);
  const minutes = Math.max(0, policy.booking.lateCreditMinutes - own.creditMinutes, ...better.map((known) => known.creditMinutes - own.creditMinutes));
  return {
    class: code, minutes,
    booked: booked ? facts.lines.map(({ code: line, seats }) => ({ line, tickets: seats })) : [],
    overtakers: better.filter((known) => known !== booked).map((known) => known.code),
    apart: policy.reserved.filter((rule) => !rule.classes.includes(code)).map((rule) => rule.window),
  };
}
