import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientAddress } from "@/http-guard";
import { pinyinOf, searchText } from "@/lib/catalog/model";
import { parseEnv } from "@/lib/env/env";
import { MESSAGES, refusalText } from "@/lib/i18n/messages";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { randomToken } from "@/lib/kernel/ids";
import { toLiveEvent } from "@/lib/live/model";
import { estimateWait, serversOf } from "@/lib/queue/estimate/model";
import { classByAge, creditOf, overtakingBoundMinutes, recallVerdict } from "@/lib/queue/policy/model";
import { policyDocumentSchema } from "@/lib/queue/policy/schema";
import { formatNumber, isAllowed, STEPS, TICKET_STATES } from "@/lib/queue/ticket/model";
import { lognormal, seeded } from "@/simulate/randomness";

const policy = policyDocumentSchema.parse({
  version: 1, classes: [{ code: "normal", name: "普通", nameEn: "Regular", creditMinutes: 0 }, { code: "elderly", name: "老年人", nameEn: "Older person", creditMinutes: 20, minAge: 60 }, { code: "old", name: "高龄", nameEn: "Aged", creditMinutes: 30, minAge: 80 }],
  calls: { max: 3, pauseSeconds: 20 }, missed: { behind: 3, maxReturns: 2 }, remindAhead: 3, undoSeconds: 60, endOfDay: { waiting: "cancel", held: "finish" },
});

describe("identity numbers (GB 11643)", () => {
  it("accepts valid numbers and knows birth date and age", () => {
    const valid = checkIdNumber("11010519491231002x");
    expect(valid).toMatchObject({ ok: true, birth: "1949-12-31" });
    if (valid.ok) expect([valid.age("2026-12-30"), valid.age("2026-12-31")]).toEqual([76, 77]);
    expect(checkIdNumber("440524188001010014").ok).toBe(true);
  });
  it.each([["130402198207290622", "check"], ["11010519490231002X", "date"], ["123", "length"], ["1101051949123100AX", "characters"]])("refuses %s: %s", (text, reason) => {
    expect(checkIdNumber(text)).toEqual({ ok: false, reason });
  });
});

describe("policy", () => {
  it("credits by class, the highest by age, and the bound of being overtaken", () => {
    expect(creditOf(policy, "elderly")).toEqual({ minutes: 20, rule: "credit" });
    expect(creditOf(policy, "normal")).toEqual({ minutes: 0, rule: "arrival" });
    expect([59, 60, 80].map((age) => classByAge(policy, age)?.code)).toEqual([undefined, "elderly", "old"]);
    expect(overtakingBoundMinutes(policy)).toBe(30);
  });
  it("repeats a call up to the limit and not before the pause", () => {
    expect([recallVerdict(policy, 1, 19), recallVerdict(policy, 1, 20), recallVerdict(policy, 3, 99)]).toEqual(["recall_too_soon", "ok", "recall_limit"]);
  });
  it("a ticket is never overtaken by one that came later than the bound (no class waits for ever, I10)", () => {
    fc.assert(fc.property(fc.nat(600), fc.nat(600), fc.constantFrom(...policy.classes.map((known) => known.code)), (mine, gap, other) => {
      const rank = (arrival: number, code: string) => arrival - creditOf(policy, code).minutes;
      if (gap > overtakingBoundMinutes(policy)) expect(rank(mine + gap, other)).toBeGreaterThan(rank(mine, "normal"));
    }));
  });
});

describe("ticket", () => {
  it("numbers have three digits, four from 1000 on", () => {
    expect([formatNumber("A", 1), formatNumber("A", 999), formatNumber("BX", 1000)]).toEqual(["A001", "A999", "BX1000"]);
  });
  it("every state can be left except finished, and every step starts somewhere", () => {
    for (const state of TICKET_STATES) expect(Object.keys(STEPS).some((step) => isAllowed(step as keyof typeof STEPS, state)), state).toBe(state !== "finished");
  });
});

describe("estimate", () => {
  const base = { ahead: 5, servers: 2, idle: 0, minutes: 10, cv: 0.8 };
  it("grows with people ahead and service time, shrinks with windows, and is a range", () => {
    const p50 = (change: object) => estimateWait({ ...base, ...change })!.p50;
    expect(p50({ ahead: 10 })).toBeGreaterThan(p50({}));
    expect(p50({ minutes: 20 })).toBeGreaterThan(p50({}));
    expect(p50({ servers: 4 })).toBeLessThan(p50({}));
    fc.assert(fc.property(fc.nat(200), fc.double({ min: 0.2, max: 50, noNaN: true }), fc.double({ min: 0.5, max: 60, noNaN: true }), fc.double({ min: 0.3, max: 2, noNaN: true }), (ahead, servers, minutes, cv) => {
      const { p50: median, p90 } = estimateWait({ ahead, servers, idle: 0, minutes, cv })!;
      expect(median).toBeGreaterThanOrEqual(0);
      expect(p90).toBeGreaterThan(median);
    }));
  });
  it("is near the exact mean: 11 services of 10 minutes at one window take 110 minutes", () => {
    const { p50, p90 } = estimateWait({ ahead: 10, servers: 1, idle: 0, minutes: 10, cv: 0.5 })!;
    expect(p50).toBeGreaterThan(105);
    expect(p50).toBeLessThan(111);
    expect(p90).toBeGreaterThan(125);
    expect(p90).toBeLessThan(140);
  });
  it("says nothing when no window serves the line, and nearly nothing when one is free", () => {
    expect(estimateWait({ ...base, servers: 0 })).toBeUndefined();
    expect(estimateWait({ ...base, ahead: 0, idle: 1 })).toEqual({ p50: 0, p90: 1 });
  });
  it("a window divides itself between its busy lines; a helped line shares it with all of them", () => {
    const window = (busy: boolean, ...lines: [number, number, number][]) => ({ busy, lines: lines.map(([lineId, tier, waiting]) => ({ lineId, tier, waiting })) });
    expect(serversOf(1, [window(true, [1, 1, 3]), window(true, [1, 1, 3], [2, 1, 4])])).toEqual({ servers: 1.5, idle: 0 });
    expect(serversOf(2, [window(false, [1, 1, 0], [2, 2, 5])])).toEqual({ servers: 1, idle: 1 });
    expect(serversOf(2, [window(true, [1, 1, 3], [2, 2, 5])])).toEqual({ servers: 0.5, idle: 0 });
  });
});

describe("texts", () => {
  const keys = (value: unknown, prefix = ""): string[] => (typeof value === "object" && value !== null ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${prefix}.${key}`)) : [prefix]);
  it("English is as complete as Chinese", () => {
    expect(keys(MESSAGES.en).sort()).toEqual(keys(MESSAGES.zh).sort());
  });
  it("no Chinese text is left in English and every text says something", () => {
    const walk = (value: unknown, path = ""): [string, string][] => (typeof value === "string" ? [[path, value]] : Object.entries(value as object).flatMap(([key, inner]) => walk(inner, `${path}.${key}`)));
    for (const [path, text] of walk(MESSAGES.en)) if (path !== ".common.language") expect(text, path).not.toMatch(/[\u4e00-\u9fff]/);
    for (const [path, text] of walk(MESSAGES.zh)) expect(text.trim(), path).not.toBe("");
  });
  it("a refusal has a sentence in both languages; an unknown code the general one", () => {
    expect(refusalText("zh", "recall_too_soon", { seconds: 7 })).toBe("请在 7 秒后再重呼。");
    expect(refusalText("en", "window_has_held", { count: 1 })).toContain("1 ticket");
    expect(refusalText("zh", "no_such_code")).toBe(refusalText("zh", "unexpected"));
  });
});

describe("borders", () => {
  it("a live event carries listed facts only, whatever is in the ledger", () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (extra) => {
      const event = toLiveEvent("demo", { hallId: 1, seq: 1, at: "", type: "ticket.issued", actor: "staff:1", subject: "ticket:1", data: { ...extra, public: { ...extra, number: "A001" } } });
      for (const key of Object.keys(event.data)) expect(["number", "line", "window", "zone", "state", "calls"]).toContain(key);
      expect(JSON.stringify(event)).not.toContain("staff:1");
    }));
  });
  it("believes X-Forwarded-For only from trusted proxies (ASVS 4.1.3)", () => {
    const request = (peer: string, forwarded: string) => ({ socket: { remoteAddress: peer }, headers: { "x-forwarded-for": forwarded } }) as never;
    expect(clientAddress(request("203.0.113.9", "10.1.1.1"), "")).toBe("203.0.113.9");
    expect(clientAddress(request("::ffff:10.0.0.2", "6.6.6.6, 203.0.113.9"), "10.0.0.2")).toBe("203.0.113.9");
    expect(clientAddress(request("10.0.0.2", "1.2.3.4, 203.0.113.9, 10.0.0.3"), "10.0.0.2,10.0.0.3")).toBe("203.0.113.9");
  });
  it("names every wrong variable of the environment in one sentence", () => {
    expect(() => parseEnv({ DATABASE_URL: "mysql://x", SECRET: "short" })).toThrow(/DATABASE_URL.*SECRET/);
    expect(parseEnv({ DATABASE_URL: "postgres://x/y", SECRET: "s".repeat(32), REDIS_URL: "" }).PORT).toBe(3000);
  });
  it("links and tokens have 128 random bits (ASVS 11.5.1)", () => {
    expect(Buffer.from(randomToken(), "base64url")).toHaveLength(16);
    expect(new Set(Array.from({ length: 1000 }, () => randomToken())).size).toBe(1000);
  });
});

describe("search text and randomness", () => {
  it("holds pinyin in full and initials of names and aliases", () => {
    expect(pinyinOf("住房公积金")).toEqual({ full: "zhufanggongjijin", initials: "zfgjj" });
    expect(searchText({ name: "护照签发", nameEn: "Passport", aliases: ["办护照"] })).toContain("bhz");
  });
  it("lognormal has the mean it is asked for and the same seed gives the same day", () => {
    const random = seeded(7);
    const values = Array.from({ length: 20_000 }, () => lognormal(random, 12, 0.6));
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(12, 0);
    expect(seeded(3)()).toBe(seeded(3)());
  });
});
