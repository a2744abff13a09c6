import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { Provider } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bookVisit } from "@/lib/appointments/book/commands";
import { cancelAppointment, checkIn } from "@/lib/appointments/steps/commands";
import { appealPause, answerPause } from "@/lib/appointments/pauses/commands";
import { bookInput } from "@/lib/appointments/schema";
import { endCitizenSession, forgetCitizen, forgetExpired, sendPhoneCode, signInByCode, signInByPlatform } from "@/lib/citizens/commands";
import { citizenOfSession, pausesOf, serverNow, visitsOf } from "@/lib/citizens/data";
import { beginSignIn, finishSignIn, platformOffered } from "@/lib/citizens/platform/commands";
import { claimNames, profileOf } from "@/lib/citizens/platform/model";
import { env } from "@/lib/env/env";
import { AppError } from "@/lib/kernel/errors";
import { blindIndex, seal, unseal } from "@/lib/kernel/sealed";
import type { Citizen } from "@/lib/citizens/model";
import { callNext } from "@/lib/queue/desk/commands";
import { ITEM, row, slots, travel } from "../support/booking";
import { act, db, demo, later, must, open, refusal, take } from "../support/hall";

const PHONE = "13812345678";
const ID = "11010519491231002X";
let next = 10_000_000;
/** A phone that no other test has asked a code for. */
const phone = (): string => `139${String(next++)}`;
const ask = async (number: string, address = `198.51.100.${next % 250}`) => sendPhoneCode(db(), await demo(), { phone: number, locale: "zh" }, address);

/** The code as it was sent: from the outbox, the only place where it is written. */
async function sentTo(number: string): Promise<string> {
  const rows = await db().selectFrom("messages").select(["contact", "content"]).where("kind", "=", "phone_code").orderBy("id", "desc").execute();
  const mine = rows.find((row) => (JSON.parse(unseal(env().SECRET, row.contact)) as { phone: string }).phone === number)!;
  return (JSON.parse(unseal(env().SECRET, mine.content)) as { values: { code: string } }).values.code;
}
const enter = (number: string, code: string, own = false, address = "203.0.113.7") => signInByCode(db(), { phone: number, code, own }, address);


const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("sign-in by a code to the phone", () => {
  it("opens one's own bookings without an account; the code works once and nothing of it can be read in the database", async () => {
    await ask(PHONE);
    const code = await sentTo(PHONE);
    expect(code).toMatch(/^\d{6}$/);
    const { sessionId, seconds } = must(await enter(PHONE, code));
    expect(seconds).toBe(12 * 3600);
    const citizen = (await citizenOfSession(db(), sessionId))!;
    expect(citizen).toMatchObject({ via: "phone", phoneKey: blindIndex(env().SECRET, "phone", PHONE), profile: { phone: PHONE } });
    expect(refusal(await enter(PHONE, code))).toBe("code_wrong");
    const stored = JSON.stringify([await db().selectFrom("citizens").selectAll().execute(), await db().selectFrom("citizen_sessions").selectAll().execute(), await db().selectFrom("phone_codes").selectAll().execute()]);
    for (const secret of [PHONE, sessionId, `"${code}"`]) expect(stored).not.toContain(secret);
  });

  it("a wrong code, a code of another phone, an old one and one never asked for get the same answer", async () => {
    const [mine, theirs] = [phone(), phone()];
    await ask(mine);
    await ask(theirs);
    const code = await sentTo(mine);
    const wrong = await enter(mine, other(code));
    expect(wrong).toEqual({ ok: false, code: "code_wrong", details: {}, field: "code" });
    expect(await enter(mine, await sentTo(theirs) === code ? other(code) : await sentTo(theirs))).toEqual(wrong);
    expect(await enter(phone(), "123456")).toEqual(wrong);
    await later(301);
    expect(await enter(mine, code)).toEqual(wrong);
  });

  it("five tries end a code, also when they come at once", async () => {
    const number = phone();
    await ask(number);
    const code = await sentTo(number);
    await Promise.all(Array.from({ length: 12 }, () => enter(number, other(code))));
    expect(refusal(await enter(number, code))).toBe("code_wrong");
    expect((await db().selectFrom("phone_codes").select("tries").where("phone_key", "=", blindIndex(env().SECRET, "phone", number)).executeTakeFirstOrThrow()).tries).toBe(5);
  });

  it("two who enter the right code at once: one session", async () => {
    const number = phone();
    await ask(number);
    const code = await sentTo(number);
    const results = await Promise.all([enter(number, code), enter(number, code)]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });

  it("a phone gets one code a minute whoever asks, an address may ask for a whole hall, and the answer never tells whether there are bookings", async () => {
    const number = phone();
    await expect(ask(number, "198.51.100.1")).resolves.toBeUndefined();
    await expect(ask(number, "198.51.100.2")).rejects.toMatchObject({ status: 429, code: "too_many_requests" } satisfies Partial<AppError>);
    for (let i = 0; i < 40; i++) await ask(phone(), "198.51.100.9");
    await expect(ask(phone(), "198.51.100.9")).rejects.toMatchObject({ status: 429 });
  });

  it("a phone of one's own stays signed in for 30 days, another one for 12 hours; signing out and deleting end it at once", async () => {
    const number = phone();
    const signIn = async (own: boolean) => {
      await sql`delete from rate_limits`.execute(db());
      await ask(number);
      return must(await enter(number, await sentTo(number), own)).sessionId;
    };
    const [own, shared] = [await signIn(true), await signIn(false)];
    const [left, forgotten] = [await signIn(false), await signIn(true)];
    await later(11 * 3600);
    expect(await citizenOfSession(db(), shared)).toBeDefined();
    await endCitizenSession(db(), left);
    expect(await citizenOfSession(db(), left)).toBeUndefined();
    await later(3 * 3600);
    expect(await citizenOfSession(db(), shared)).toBeUndefined();
    await later(28 * 86_400);
    const citizen = (await citizenOfSession(db(), own))!;
    await forgetExpired(db());
    expect((await db().selectFrom("citizen_sessions").select("id").where("citizen_id", "=", citizen.id).execute())).toHaveLength(2);
    await forgetCitizen(db(), citizen.id);
    for (const session of [own, forgotten]) expect(await citizenOfSession(db(), session)).toBeUndefined();
    expect(await db().selectFrom("citizens").selectAll().where("phone_key", "=", blindIndex(env().SECRET, "phone", number)).execute()).toEqual([]);
  });
});

/** The platform: a real OpenID provider with one citizen, whose sign-in page is answered by the test as a browser does. */
describe("sign-in by the platform's account", () => {
  let server: Server;
  let issuer = "";
  const claims: Record<string, unknown> = { name: "王小明", phone_number: "+86 13912341234", phone_number_verified: true, id_number: ID };
  const CALLBACK = "http://localhost:3000/my/sign-in/callback";

  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [{ client_id: "yiting", client_secret: "a secret of the hall", redirect_uris: [CALLBACK], response_types: ["code"], grant_types: ["authorization_code"] }],
      claims: { openid: ["sub"], profile: ["name", "id_number"], phone: ["phone_number", "phone_number_verified"] },
      pkce: { required: () => true },
      findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...claims }) }),
      features: { devInteractions: { enabled: true } },
      cookies: { keys: ["a key for tests"] },
    });
    server.on("request", provider.callback());
    Object.assign(process.env, { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "yiting", OIDC_CLIENT_SECRET: "a secret of the hall" });
    Object.assign(env(), { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "yiting", OIDC_CLIENT_SECRET: "a secret of the hall" });
  });
  afterAll(() => void server.close());

  /** Goes the whole way as a browser: forms filled in, cookies kept, until the provider sends back to us. */
  async function atPlatform(url: string, answer: "agree" | "abort" = "agree"): Promise<string> {
    const cookies = new Map<string, string>();
    const open = async (target: string, form?: Record<string, string>): Promise<string> => {
      const response = await fetch(target, { redirect: "manual", headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }, ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}) });
      for (const line of response.headers.getSetCookie()) cookies.set(line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1).split(";")[0]!);
      const location = response.headers.get("location");
      if (location) return location.startsWith(CALLBACK) ? location : open(new URL(location, target).href);
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (!action) throw new Error(page);
      if (answer === "abort") return open(new URL(/href="([^"]*abort[^"]*)"/.exec(page)![1]!, target).href);
      const prompt = /name="prompt" value="(\w+)"/.exec(page)![1]!;
      return open(new URL(action, target).href, { prompt, ...(prompt === "login" ? { login: "citizen-1", password: "any" } : {}) });
    };
    return open(url);
  }

  it("the platform names a visitor: name, phone and ID number come with it, the ID number only hashed and sealed", async () => {
    expect(platformOffered()).toBe(true);
    const { url, attempt } = await beginSignIn(CALLBACK, "/my", true);
    const asked = new URL(url);
    expect(asked.searchParams.get("code_challenge_method")).toBe("S256");
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked.searchParams.get(name)!.length).toBeGreaterThan(20);
    const back = await atPlatform(url);
    const { sessionId, seconds, next: target } = must(await finishSignIn(db(), back, attempt));
    expect([seconds, target]).toEqual([30 * 86_400, "/my"]);
    const citizen = (await citizenOfSession(db(), sessionId))!;
    expect(citizen).toMatchObject({ via: "platform", profile: { name: "王小明", phone: "13912341234", idNumber: ID }, phoneKey: blindIndex(env().SECRET, "phone", "13912341234"), idKey: blindIndex(env().SECRET, "id", ID) });
    const stored = JSON.stringify(await db().selectFrom("citizens").selectAll().execute());
    for (const secret of [ID, "王小明", "13912341234", "citizen-1"]) expect(stored).not.toContain(secret);
    // The same person again is the same account.
    const again = await beginSignIn(CALLBACK, "/my", false);
    const second = must(await finishSignIn(db(), await atPlatform(again.url), again.attempt));
    expect((await citizenOfSession(db(), second.sessionId))!.id).toBe(citizen.id);
    expect(await visitsOf(db(), citizen)).toEqual([]);
  });

  it("an answer that this browser did not ask for, a changed one, a second use and a late one are refused", async () => {
    const mine = await beginSignIn(CALLBACK, "/my", false);
    const theirs = await beginSignIn(CALLBACK, "/my", false);
    const back = await atPlatform(mine.url);
    expect(refusal(await finishSignIn(db(), back, theirs.attempt))).toBe("platform_refused");
    expect(refusal(await finishSignIn(db(), back, undefined))).toBe("platform_expired");
    expect(refusal(await finishSignIn(db(), back, `${mine.attempt.slice(0, -4)}AAAA`))).toBe("platform_expired");
    const opened = JSON.parse(unseal(env().SECRET, mine.attempt)) as Record<string, unknown>;
    expect(refusal(await finishSignIn(db(), back, seal(env().SECRET, JSON.stringify({ ...opened, nonce: "another" }))))).toBe("platform_refused");
    expect(refusal(await finishSignIn(db(), back, mine.attempt))).toBe("platform_refused");
    expect(refusal(await finishSignIn(db(), back, seal(env().SECRET, JSON.stringify({ ...opened, until: Date.now() - 1 }))))).toBe("platform_expired");
  });

  it("whoever turns back at the platform is not signed in", async () => {
    const { url, attempt } = await beginSignIn(CALLBACK, "/my", false);
    expect(refusal(await finishSignIn(db(), await atPlatform(url, "abort"), attempt))).toBe("platform_refused");
  });

  it("platforms may name their claims; what is not well formed or not proven does not count", () => {
    const names = claimNames("name=userName phone=mobile id=certNo");
    expect(names).toEqual({ name: "userName", phone: "mobile", id: "certNo" });
    expect(profileOf({ userName: " 李 ", mobile: "+86138-1234-5678", certNo: ID.toLowerCase() }, names)).toEqual({ name: "李", phone: PHONE, idNumber: ID });
    expect(profileOf({ userName: 7, mobile: "12", certNo: "130402198207290622" }, names)).toEqual({});
    expect(profileOf({ name: "李", phone_number: PHONE, phone_number_verified: false }, claimNames(""))).toEqual({ name: "李" });
  });
});

describe("one's own bookings", () => {
  /** Times that can still be changed, whatever day it is. */
  const times = async () => {
    const tomorrow = (await serverNow(db())) + 86_400_000;
    return (await slots()).filter((each) => each.free > 0 && Date.parse(each.start) > tomorrow);
  };
  beforeAll(async () => travel(new Date((await serverNow(db())) + 1_000).toISOString()));
  const platform = async (profile: { name: string; phone: string; idNumber?: string }, identity: string): Promise<Citizen> => {
    const { SECRET } = env();
    const { sessionId } = await signInByPlatform(db(), { identity: `oidc:${identity}`, profile, phoneKey: blindIndex(SECRET, "phone", profile.phone), ...(profile.idNumber ? { idKey: blindIndex(SECRET, "id", profile.idNumber) } : {}) }, false);
    return (await citizenOfSession(db(), sessionId))!;
  };
  const book = async (start: string, person: object, citizen?: Citizen, more: object = {}) =>
    must(await act((ctx) => bookVisit(ctx, bookInput.parse({ item: ITEM, start, person, channel: citizen ? "platform" : "web", ...more }), { secret: env().SECRET, online: true, citizenId: citizen?.id })));

  it("[JY-9.1.1a] one login of the platform carries the booking, the number and the call: all of them under one id", async () => {
    const person = { name: "赵敏", phone: phone(), idNumber: ID };
    const citizen = await platform(person, "zhao");
    const [slot] = await times();
    const booked = await book(slot!.start, person, citizen);
    expect(await visitsOf(db(), citizen)).toMatchObject([{ token: booked.token, state: "booked", coming: true, changeable: true, ticket: null, hall: "demo", items: [{ code: ITEM }] }]);
    expect((await row(booked)).channel).toBe("platform");
    // Somebody else, and the same person by the ID number alone.
    expect(await visitsOf(db(), await platform({ name: "钱", phone: phone() }, "qian"))).toEqual([]);
    expect(await visitsOf(db(), await platform({ name: "赵敏", phone: phone(), idNumber: ID }, "zhao-elsewhere"))).toHaveLength(1);

    await later(Math.round((Date.parse(slot!.start) - (await serverNow(db()))) / 1000));
    must(await act(async (ctx) => checkIn(ctx, await row(booked), { secret: env().SECRET, trusted: false, channel: "web" })));
    const [waiting] = await visitsOf(db(), citizen);
    expect(waiting).toMatchObject({ token: booked.token, state: "arrived", coming: true, changeable: false, ticket: { state: "waiting" } });
    const window = await open("A02");
    expect(must(await callNext({ hall: await demo(), actor: "token:1" }, window)).ticket.number).toBe(waiting!.ticket!.number);
    expect((await visitsOf(db(), citizen))[0]!.ticket).toEqual({ number: waiting!.ticket!.number, state: "called" });
  });

  it("a pause is told with what may be said against it, the answer is shown, and a number at the hall is always there", async () => {
    const number = phone();
    const citizen = await platform({ name: "孙", phone: number }, "sun");
    const hall = await demo();
    await sql`insert into booking_pauses (hall_id, phone_key, phone_mask, missed, starts, ends) values (${hall.id}, ${citizen.phoneKey!}, '139****0000', 3, app_now(), app_now() + interval '30 days')`.execute(db());
    expect(await pausesOf(db(), citizen)).toMatchObject([{ hall: "demo", missed: 3, appealed: false, answer: null }]);
    const id = must(await act((ctx) => appealPause(ctx, citizen.phoneKey!, "那天住院了")));
    expect(await pausesOf(db(), citizen)).toMatchObject([{ appealed: true, answer: null }]);
    must(await act((ctx) => answerPause(ctx, id, { lift: false, answer: "请提供证明" })));
    expect(await pausesOf(db(), citizen)).toMatchObject([{ answer: "请提供证明" }]);
    expect((await take({ channel: "web" }, false)).number).toMatch(/^A/);
    must(await act((ctx) => answerPause(ctx, id, { lift: true, answer: "已核实" })));
    expect(await pausesOf(db(), citizen)).toEqual([]);
  });

  it("deleting one's data forgets the sign-in and the contacts of what is over; a booking to come can still be told of", async () => {
    const person = { name: "李雷", phone: phone() };
    const citizen = await platform(person, "li");
    const [first, second] = (await times()).slice(-2);
    const over = await book(first!.start, person, citizen);
    must(await act(async (ctx) => cancelAppointment(ctx, await row(over), { staff: true })));
    const coming = await book(second!.start, person, citizen);
    await forgetCitizen(db(), citizen.id);
    const contacts = await db().selectFrom("message_contacts").select("subject").where("subject", "in", [over, coming].map((booked) => `appointment:${booked.id}`)).execute();
    expect(contacts).toEqual([{ subject: `appointment:${coming.id}` }]);
    expect(await db().selectFrom("citizen_sessions").select("id").where("citizen_id", "=", citizen.id).execute()).toEqual([]);
    const kept = await db().selectFrom("appointments").select(["id", "name_mask", "person"]).where("id", "in", [over, coming].map((booked) => Number(booked.id))).orderBy("id").execute();
    expect(kept[0]).toMatchObject({ name_mask: "", person: null });
    expect(kept[1]).toMatchObject({ name_mask: "李*" });
    expect(kept[1]!.person).not.toBeNull();
  });
});
