import { describe, expect, it } from "vitest";
import { MESSAGES } from "@/lib/i18n/messages";
import { AddressBlocked, reachable, resolveHost, signedBy, signedHeaders } from "@/lib/notify/channel/http";
import { after, COMMON, KINDS, kindOf, MESSAGE_KINDS, type MessageState, pauseAfter, placeholdersOf, render, smsSegments, STATES, statesFor, type Step, templateFault, TRANSITIONS } from "@/lib/notify/model";

const STEPS: readonly Step[] = ["claim", "accept", "put_off", "give_up", "drop", "deliver", "bounce", "again"];

describe("life of a message", () => {
  it("every walk of allowed steps stays in known states, never leaves a delivery, and ends unless somebody sends again", () => {
    let seed = 7;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let walk = 0; walk < 200; walk++) {
      let state: MessageState = "queued";
      let sent = false;
      for (let n = 0; n < 25; n++) {
        const allowed = STEPS.filter((step) => after(state, step));
        if (allowed.length === 0) break;
        const step = allowed[Math.floor(random() * allowed.length)]!;
        const next: MessageState = after(state, step)!;
        // Nothing is delivered or bounces that was never handed to a channel.
        if (step === "bounce") expect(sent).toBe(true);
        if (step === "accept") sent = true;
        expect(STATES).toContain(next);
        expect(statesFor(step)).toContain(state);
        state = next;
      }
    }
    expect(Object.keys(TRANSITIONS.delivered)).toEqual([]);
    // Only a worker hands a message to a channel: nothing is sent twice without being claimed again.
    expect(statesFor("accept")).toEqual(["sending"]);
    expect(statesFor("claim")).toEqual(["queued", "sending"]);
  });

  it("pauses double, are spread, and end at a quarter of an hour", () => {
    expect([1, 2, 3, 4].map((n) => pauseAfter(n, 0.5))).toEqual([10, 20, 40, 80]);
    expect(pauseAfter(20, 0.5)).toBe(900);
    expect([pauseAfter(3, 0), pauseAfter(3, 1)]).toEqual([32, 48]);
  });
});

describe("texts", () => {
  it.each(MESSAGE_KINDS)("%s: the default text in both languages is right and has a sample for each placeholder", (kind) => {
    for (const locale of ["zh", "en"] as const) {
      const { title, text } = MESSAGES[locale].outbox.defaults[kind];
      expect(templateFault(kind, text), locale).toBeUndefined();
      expect(placeholdersOf(title)).toEqual([]);
      const samples = { ...MESSAGES[locale].outbox.samples, link: "https://x", stop: "https://y", hall: "厅" } as Record<string, string>;
      expect(render(text, samples)).not.toMatch(/[{}]|undefined/);
      for (const name of [...kindOf(kind).variables, ...COMMON]) expect(samples[name], name).toBeTruthy();
    }
  });

  it("[GD-6.1.2] a confirmation text without one of its six contents is named as faulty", () => {
    const whole = "{name} {number} {time} {place} {item} {action}";
    expect(templateFault("booking_confirmed", whole)).toBeUndefined();
    for (const name of ["name", "number", "time", "place", "item", "action"]) expect(templateFault("booking_confirmed", whole.replace(`{${name}}`, ""))).toEqual({ code: "placeholder_needed", name });
  });

  it("an unknown placeholder and a brace without its pair are named; values are taken as they are", () => {
    expect(templateFault("phone_code", "{code} {phone}")).toEqual({ code: "placeholder_unknown", name: "phone" });
    expect(templateFault("phone_code", "{code} {minutes")).toMatchObject({ code: "braces_open" });
    expect(render("{item}: {code}", { item: "{code} $1", code: "42" })).toBe("{code} $1: 42");
    expect(KINDS.phone_code.only).toEqual(["sms", "log"]);
  });

  it("counts short messages in parts of 67 characters beyond 70", () => {
    expect([0, 70, 71, 134, 135].map((length) => smsSegments("字".repeat(length)))).toEqual([1, 1, 2, 2, 3]);
  });
});

describe("requests to channels", () => {
  it("metadata and link-local addresses are never reached, the installation's own networks not from a browser's word", async () => {
    for (const ip of ["169.254.169.254", "100.100.100.200", "0.0.0.0", "224.0.0.1", "255.255.255.255", "fe80::1", "::", "fd00:ec2::254", "::ffff:169.254.169.254"]) expect(reachable(ip, false), ip).toBe(false);
    for (const ip of ["10.1.2.3", "127.0.0.1", "192.168.1.1", "172.20.0.1", "100.64.0.1", "::1", "fd12::1", "::ffff:10.0.0.1"]) expect([reachable(ip, false), reachable(ip, true)], ip).toEqual([true, false]);
    expect(reachable("8.8.8.8", true)).toBe(true);
    await expect(resolveHost("[fe80::1]")).rejects.toThrow(AddressBlocked);
    await expect(resolveHost("localhost", true)).rejects.toThrow(AddressBlocked);
  });

  it("a signature holds for this body, secret and a few minutes only", () => {
    const now = "2026-11-24T02:00:00.000000Z";
    const headers = signedHeaders({ account: "hall", secret: "secret secret" }, now, "{}");
    const signed = { timestamp: headers["X-Timestamp"], nonce: headers["X-Nonce"], signature: headers["X-Signature"] };
    expect(signedBy("secret secret", now, signed, "{}")).toBe(true);
    expect(signedBy("secret secret", now, signed, "{ }")).toBe(false);
    expect(signedBy("another secret", now, signed, "{}")).toBe(false);
    expect(signedBy("", now, signed, "{}")).toBe(false);
    expect(signedBy("secret secret", "2026-11-24T02:06:00.000000Z", signed, "{}")).toBe(false);
  });
});
