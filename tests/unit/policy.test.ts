import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MESSAGES, translator } from "@/lib/i18n/messages";
import { fairnessOf, type FairnessCall, jainIndex, overtakesSuffered } from "@/lib/queue/fairness/model";
import { checkPolicy, guaranteeOf, type PolicyFacts } from "@/lib/queue/policy/check";
import { comparePolicies } from "@/lib/queue/policy/diff";
import { choose, compilePolicy, type Head, rankAfterTransfer, rankOf, windowOrder } from "@/lib/queue/policy/order";
import { type PolicyDocument, policyDocumentSchema } from "@/lib/queue/policy/schema";

const policy = (change: object = {}): PolicyDocument => policyDocumentSchema.parse({
  version: 1,
  classes: [
    { code: "normal", name: "普通", nameEn: "Regular", creditMinutes: 0 },
    { code: "elderly", name: "老年人", nameEn: "Older person", creditMinutes: 20, minAge: 60, evidence: ["id_card"] },
    { code: "booked", name: "预约", nameEn: "Booked", creditMinutes: 15, byBooking: true },
  ],
  calls: { max: 3, pauseSeconds: 20 }, missed: { behind: 3, maxReturns: 2 }, remindAhead: 3, undoSeconds: 60, endOfDay: { waiting: "cancel", held: "finish" }, ...change,
});
const facts = (change: Partial<PolicyFacts> = {}): PolicyFacts => ({
  lines: [{ code: "A", windows: { 1: ["A01", "A02"], 2: ["B01"], 3: [] }, seats: 12 }, { code: "B", windows: { 1: ["B01"], 2: [], 3: [] }, seats: 0 }],
  windows: ["A01", "A02", "B01"], unserved: [], evidence: ["id_card"], books: true, ...change,
});
const classes = policy().classes;
const codes = (document: PolicyDocument, known = facts()) => checkPolicy(document, known).map((problem) => `${problem.severity}:${problem.code}`);

describe("checks before a policy is published", () => {
  it("finds nothing in a sound policy", () => expect(codes(policy())).toEqual([]));

  it.each<[string, object, Partial<PolicyFacts>, string]>([
    ["a walk-in is sent away", { walkIn: "never" }, {}, "walk_in_refused"],
    ["a missed number is sent away", { missed: { behind: 3, maxReturns: 2, afterMax: "refuse" } }, {}, "missed_refused"],
    ["equal ranks are left to chance", { ties: "none" }, {}, "chance"],
    ["an item has no window", {}, { unserved: [{ item: "X1", name: "护照", line: "C" }] }, "item_unserved"],
    ["a class goes before everybody without end", { classes: [...classes, { code: "vip", name: "绝对", nameEn: "Absolute", creditMinutes: 0, absolute: true, evidence: ["id_card"] }] }, {}, "class_starves"],
    ["a line has helpers only", {}, { lines: [{ code: "A", windows: { 1: [], 2: ["B01"], 3: [] }, seats: 0 }] }, "line_starves"],
    ["all windows of a line are for others", { reserved: [{ window: "B01", classes: ["elderly"], only: true }] }, {}, "class_unserved"],
    ["all windows of a line call others first", { reserved: [{ window: "B01", classes: ["elderly"], only: false }] }, {}, "class_starves_reserved"],
    ["a reserved window does not exist", { reserved: [{ window: "Z09", classes: ["elderly"] }] }, {}, "reserved_no_window"],
    ["a window is reserved for nobody known", { reserved: [{ window: "A01", classes: ["ghost"] }] }, {}, "reserved_no_class"],
    ["a condition is for a line that nobody helps", { helping: { waitOver: null, lines: { B: 20 } } }, {}, "tier_never"],
    ["older people get less than younger ones", { classes: [...classes, { code: "aged", name: "高龄", nameEn: "Aged", creditMinutes: 10, minAge: 80, evidence: ["id_card"] }] }, {}, "older_gets_less"],
    ["an age class never applies", { classes: [...classes, { code: "aged", name: "高龄", nameEn: "Aged", creditMinutes: 20, minAge: 80, evidence: ["id_card"] }] }, {}, "age_never"],
    ["a class stands behind regular visitors", { classes: [{ ...classes[0]!, creditMinutes: 5 }, ...classes.slice(1), { code: "card", name: "持证", nameEn: "With a card", creditMinutes: 0, evidence: ["id_card"] }] }, {}, "less_than_regular"],
    ["late bookings get more than those in time", { booking: { early: "arrival", lateCreditMinutes: 30 } }, {}, "late_gets_more"],
    ["a class is written twice", { classes: [...classes, classes[1]!] }, {}, "class_twice"],
    ["evidence is unknown", { classes: [classes[0]!, { ...classes[1]!, evidence: ["moon"] }, classes[2]!] }, {}, "evidence_unknown"],
  ])("[JY-9.1.1e] refuses when %s, with a sentence in both languages", (_, change, known, code) => {
    const found = checkPolicy(policy(change), facts(known)).filter((problem) => problem.severity === "refused");
    const problem = found.find((each) => each.code === code)!;
    expect(problem, JSON.stringify(found)).toBeDefined();
    for (const locale of ["zh", "en"] as const) {
      const text = translator(locale, "policy")(`problems.${code}`, problem.values);
      expect(text).not.toContain("{");
      expect(text).not.toContain("policy.problems");
      expect(text.length).toBeGreaterThan(20);
    }
  });

  it("only warns of what works all the same, and has a text for each finding", () => {
    expect(codes(policy({ classes: [classes[0]!, { code: "card", name: "持证", nameEn: "With a card", creditMinutes: 5 }, classes[2]!] }), facts({ books: false }))).toEqual(["warning:no_evidence", "warning:nothing_to_book"]);
    expect(codes(policy({ tidal: { waitOver: 20 } }))).toEqual(["warning:tier_unused"]);
    expect(Object.keys(MESSAGES.zh.policy.problems).length).toBeGreaterThan(20);
  });
});

describe("what a policy promises", () => {
  it("the most minutes by which anybody later may go first, by class, and the booked visitors that the seats allow", () => {
    expect(guaranteeOf(policy(), facts())).toEqual({ class: "normal", minutes: 20, booked: [{ line: "A", tickets: 12 }, { line: "B", tickets: 0 }], overtakers: ["elderly"], apart: [] });
    expect(guaranteeOf(policy(), facts(), "elderly")).toMatchObject({ minutes: 0, overtakers: [] });
    expect(guaranteeOf(policy({ classes: [...classes, { code: "vip", name: "x", nameEn: "x", creditMinutes: 0, absolute: true }] }), facts())).toBeUndefined();
    expect(guaranteeOf(policy({ reserved: [{ window: "A01", classes: ["elderly"] }] }), facts())!.apart).toEqual(["A01"]);
  });

  it("[JY-7.2.2b] no order of arrivals breaks it: whoever is called first came within the promised minutes", () => {
    const compiled = compilePolicy(policy());
    const order = windowOrder(compiled.order, { code: "A01", lines: [{ id: 1, code: "A", tier: 1 }] });
    const bound = Object.fromEntries(classes.map(({ code }) => [code, guaranteeOf(policy(), facts(), code)!.minutes * 60_000]));
    fc.assert(fc.property(fc.array(fc.record({ at: fc.nat(120 * 60_000), class: fc.constantFrom("normal", "elderly", "booked"), call: fc.boolean() }), { maxLength: 60 }), (visits) => {
      const waiting: (Head & { at: number })[] = [];
      [...visits].sort((a, b) => a.at - b.at).forEach((visit, id) => {
        waiting.push({ id, at: visit.at, class: visit.class, rank: rankOf(compiled, visit).rank });
        waiting.sort((a, b) => a.rank - b.rank || a.id - b.id);
        if (!visit.call) return;
        const { head } = choose(order, { head: () => waiting[0] })!;
        for (const other of waiting) if (other.at < head.at) expect(head.at - other.at).toBeLessThanOrEqual(bound[other.class]!);
        waiting.shift();
      });
    }), { numRuns: 500, seed: 3 });
  });
});

describe("ranks", () => {
  it("[JY-7.2.2b] a booked visitor has the credit in time, counts from the booked time when the hall says so, and the late credit after the limit", () => {
    const at = Date.parse("2026-03-02T01:00:00Z");
    const start = at + 10 * 60_000;
    expect(rankOf(compilePolicy(policy()), { at, class: "booked", booked: { start, late: false } })).toMatchObject({ rank: at - 15 * 60_000, rule: "credit" });
    expect(rankOf(compilePolicy(policy({ booking: { early: "slot" } })), { at, class: "booked", booked: { start, late: false } }).rank).toBe(start - 15 * 60_000);
    expect(rankOf(compilePolicy(policy({ booking: { early: "slot" } })), { at: start + 60_000, class: "booked", booked: { start, late: false } }).rank).toBe(start + 60_000 - 15 * 60_000);
    expect(rankOf(compilePolicy(policy({ booking: { lateCreditMinutes: 5 } })), { at, class: "normal", booked: { start, late: true } })).toMatchObject({ rank: at - 5 * 60_000, rule: "credit" });
    expect(rankOf(compilePolicy(policy()), { at, class: "normal", booked: { start, late: true } })).toMatchObject({ rank: at, rule: "arrival" });
  });

  it("a ticket that is sent on keeps its rank, or counts from now, and never gains", () => {
    const now = 10_000_000;
    expect(rankAfterTransfer(compilePolicy(policy()), 1_000, now)).toBe(1_000);
    expect(rankAfterTransfer(compilePolicy(policy({ transfer: { seniority: "credit", creditMinutes: 5 } })), 1_000, now)).toBe(now - 300_000);
    expect(rankAfterTransfer(compilePolicy(policy({ transfer: { seniority: "credit", creditMinutes: 240 } })), now - 1_000, now)).toBe(now - 1_000);
    expect(rankAfterTransfer(compilePolicy(policy({ transfer: { seniority: "none" } })), 1_000, now)).toBe(now);
  });

  it("equal ranks by class: the one that is listed first", () => {
    const compiled = compilePolicy(policy({ ties: "class" }));
    expect(rankOf(compiled, { at: 20 * 60_000, class: "elderly" }).rank).toBeGreaterThan(rankOf(compiled, { at: 0, class: "normal" }).rank);
  });
});

describe("comparison of two policies", () => {
  it("names every rule that differs, and nothing else", () => {
    expect(comparePolicies(policy(), policy())).toEqual([]);
    expect(comparePolicies(policy(), policy({ missed: { behind: 5, maxReturns: 2 }, reserved: [{ window: "A01", classes: ["elderly"] }], classes: [classes[0]!, { ...classes[1]!, creditMinutes: 10 }] }))).toEqual(expect.arrayContaining([
      { rule: "missed.behind", before: "3", after: "5" }, { rule: "reserved.classes", about: "A01", before: "", after: "elderly" },
      { rule: "class.creditMinutes", about: "elderly", before: "20", after: "10" }, { rule: "class.creditMinutes", about: "booked", before: "15", after: "" },
    ]));
  });
});

describe("fairness of a day", () => {
  const call = (id: number, issuedAt: number, calledAt: number, more: Partial<FairnessCall> = {}): FairnessCall => ({ id, line: 1, class: "normal", channel: "kiosk", issuedAt: issuedAt * 60_000, calledAt: calledAt * 60_000, ...more });

  it("counts overtakes as a comparison of all pairs does", () => {
    fc.assert(fc.property(fc.array(fc.record({ line: fc.nat(2), issued: fc.nat(50), wait: fc.nat(50) }), { maxLength: 40 }), (rows) => {
      const calls = rows.map((row, id) => call(id, row.issued, row.issued + row.wait, { line: row.line }));
      const later = (a: FairnessCall, b: FairnessCall) => b.issuedAt > a.issuedAt || (b.issuedAt === a.issuedAt && b.id > a.id);
      const sooner = (a: FairnessCall, b: FairnessCall) => b.calledAt < a.calledAt || (b.calledAt === a.calledAt && b.id < a.id);
      const suffered = overtakesSuffered(calls);
      for (const one of calls) expect(suffered.get(one.id)).toBe(calls.filter((other) => other.line === one.line && later(one, other) && sooner(one, other)).length);
    }), { seed: 5 });
  });

  it("longest wait per class, share by channel and Jain's index", () => {
    const day = fairnessOf([call(1, 0, 10), call(2, 1, 5, { class: "elderly", channel: "web" }), call(3, 2, 20)]);
    expect(day).toMatchObject({ called: 3, overtaken: 1, mostOvertaken: 1 });
    expect(day.classes.map(({ class: code, longestWait, mostOvertaken }) => [code, longestWait, mostOvertaken])).toEqual([["elderly", 4, 0], ["normal", 18, 1]]);
    expect(day.channels.find(({ channel }) => channel === "web")!.share).toBeCloseTo(1 / 3, 10);
    expect(jainIndex([5, 5, 5])).toBe(1);
    expect(jainIndex([9, 0, 0])).toBeCloseTo(1 / 3, 12);
    expect(jainIndex([])).toBeUndefined();
  });
});
