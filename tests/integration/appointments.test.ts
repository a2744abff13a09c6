import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { holdSeats } from "@/lib/appointments/book/commands";
import { appointmentPage, bookingPage, countDemand, promiseKept } from "@/lib/appointments/book/data";
import { findArrivals } from "@/lib/appointments/book/data-hall";
import { cancelAppointment, checkIn, rescheduleAppointment } from "@/lib/appointments/steps/commands";
import { tendAppointments } from "@/lib/appointments/tend/commands";
import { holdInput } from "@/lib/appointments/schema";
import { callNext, finishService, startService } from "@/lib/queue/desk/commands";
import { ticketPage } from "@/lib/queue/ticket/data";
import { book, ITEM, row, seatFaults, SECRET, slots, somebody, travel } from "../support/booking";
import { act, db, demo, later, must, open, refusal, take } from "../support/hall";

const arrive = async (booked: { token: string }, trusted = true) => act(async (ctx) => checkIn(ctx, await row(booked), { secret: SECRET, trusted, channel: "kiosk" }));
const tend = () => tendAppointments(db());
const freeAt = async (start: string, item = ITEM) => (await slots(item)).find((slot) => Date.parse(slot.start) === Date.parse(start))?.free;

// A Wednesday morning before the hall opens, far ahead so that the clock can always go there.
beforeAll(() => travel("2043-12-02T07:00:00+08:00"));

describe("booking", () => {
  it("[JY-7.2.2a][GD-6.1.1a] web, WeChat, app, telephone, guide desk, window and kiosk take their seats from one stock, and the last seat is given once", async () => {
    const start = (await slots())[3]!.start;
    const free = (await freeAt(start))!;
    const channels = ["web", "wechat", "app", "phone", "guide", "desk", "kiosk", "platform"];
    for (let seat = 0; seat < free; seat++) {
      must(await book({ start, channel: channels[seat % channels.length] }, seat % 2 === 0));
      expect(await freeAt(start)).toBe(free - seat - 1);
    }
    for (const channel of channels) expect(refusal(await book({ start, channel }))).toBe("slot_full");
    expect(await seatFaults()).toEqual([]);
    // The table itself refuses to be oversold, whatever a program does.
    const sold = await sql<{ id: number }>`select id from slots where booked = capacity and booked > 0 limit 1`.execute(db());
    const [other] = await db().selectFrom("appointments").select("id").where("state", "=", "booked").orderBy("id").execute();
    await expect(sql`insert into appointment_seats (hall_id, slot_id, appointment_id, seats) values (1, ${sold.rows[0]!.id}, ${other!.id}, 99)`.execute(db())).rejects.toThrow(/slots_not_oversold|duplicate/);
  });

  it("[GD-6.1.1b][JY-7.2.2c] whoever has no booking, meets a full day or has missed takes a number at any time", async () => {
    const start = (await slots())[3]!.start;
    expect(refusal(await book({ start }))).toBe("slot_full");
    expect((await take({ line: undefined as never, item: ITEM, channel: "web" }, false)).number).toMatch(/^A\d{3}$/);
  });

  it("[GD-6.1.2] the confirmation names person, time, place, number, content and how to take the number, and its sending is logged", async () => {
    const start = (await slots())[6]!.start;
    const booked = must(await book({ start, person: somebody("欧阳修文") }));
    const { rows: [message] } = await sql<{ kind: string; state: string; masked: string; id: number }>`select id, kind, state, masked from messages where subject = ${`appointment:${booked.id}`}`.execute(db());
    expect(message).toMatchObject({ kind: "booking_confirmed", state: "queued" });
    expect(message!.masked).toMatch(/^139\*{4}\d{4}$/);
    const { unseal } = await import("@/lib/kernel/sealed");
    const { rows: [sealed] } = await sql<{ content: string }>`select content from messages where id = ${message!.id}`.execute(db());
    const { text } = JSON.parse(unseal(SECRET, sealed!.content)) as { text: string };
    for (const part of ["欧阳**", booked.number, "12月2日", "11:30–12:00", "教师资格认定", "签到取号", "云州市政务服务中心"]) expect(text).toContain(part);
    expect(text).not.toContain("欧阳修文");
  });

  it("keeps name, phone and ID number sealed; nothing of them can be read in the tables or the ledger", async () => {
    const booked = must(await book({ start: (await slots())[7]!.start, person: { name: "司马青云", phone: "13712345678", idNumber: "11010519491231002X" } }));
    const { rows } = await sql<{ text: string }>`select a::text || (select string_agg(e::text, '') from events e where e.subject = 'appointment:' || a.id) as text from appointments a where a.id = ${Number(booked.id)}`.execute(db());
    expect(rows[0]!.text).toContain("司马**");
    for (const secret of ["司马青云", "13712345678", "11010519491231002X"]) expect(rows[0]!.text).not.toContain(secret);
    const page = await appointmentPage(db(), booked.token);
    expect(page.person).toEqual({ name: "司马**", phone: "137****5678" });
  });

  it("[JY-7.2.2b] who comes on time goes before walk-ins who came up to the stated credit earlier; the rules say so to everybody", async () => {
    await travel("2043-12-02T09:05:00+08:00");
    const booked = must(await book({ start: "2043-12-02T11:00:00+08:00" }));
    await later(110 * 60);
    const walkIn = await take({ line: undefined as never, item: ITEM });
    const ticket = must(await arrive(booked));
    const page = await ticketPage(db(), booked.token, "zh");
    expect(page).toMatchObject({ class: "booked", ahead: 1, number: (await db().selectFrom("tickets").select("number").where("id", "=", ticket).executeTakeFirstOrThrow()).number });
    expect(page.rank < walkIn.rank).toBe(true);
    expect(page.why.text).toContain("15");
    const { classes } = (await db().selectFrom("policies").select("document").where("hall_id", "=", (await demo()).id).executeTakeFirstOrThrow()).document as { classes: { code: string; creditMinutes: number }[] };
    expect(classes.find((known) => known.code === "booked")?.creditMinutes).toBe(15);
  });

  it("one id goes from the booking to the number and on to the service", async () => {
    const booked = must(await book({ start: "2043-12-02T12:30:00+08:00" }));
    await travel("2043-12-02T12:20:00+08:00");
    const id = must(await arrive(booked));
    expect(await row(booked)).toMatchObject({ state: "arrived", late: false, ticket_id: id });
    expect((await ticketPage(db(), booked.token, "zh")).bookedStart).toBe((await row(booked)).starts);
    expect(must(await arrive(booked))).toBe(id);
    const { n } = await db().selectFrom("tickets").select((eb) => eb.fn.countAll<number>().as("n")).where("token", "=", booked.token).executeTakeFirstOrThrow();
    expect(n).toBe(1);
  });

  it("[JY-7.2.2c] early is told from when; late gives an ordinary number at once and without any loss", async () => {
    const booked = must(await book({ start: "2043-12-02T13:00:00+08:00" }));
    expect(refusal(await arrive(booked))).toBe("too_early");
    await travel("2043-12-02T13:35:00+08:00");
    await tend();
    expect((await row(booked)).state).toBe("missed");
    const late = must(await arrive(booked));
    expect(await row(booked)).toMatchObject({ state: "arrived", late: true, missed_at: null });
    expect(await db().selectFrom("tickets").select(["class", "booked_late", "rank_rule"]).where("id", "=", late).executeTakeFirstOrThrow()).toEqual({ class: "normal", booked_late: true, rank_rule: "arrival" });
  });

  it("[BG-3.1.5a] a priority class that was said at booking counts at the hall, and an age is known by the ID number", async () => {
    const start = "2043-12-02T14:30:00+08:00";
    const pregnant = must(await book({ start, class: "pregnant" }));
    const old = must(await book({ start, person: { ...somebody(), idNumber: "110105194912310038" } }));
    expect(refusal(await book({ start, class: "booked" }))).toBe("class_unknown");
    await travel("2043-12-02T14:20:00+08:00");
    for (const [booked, expected] of [[pregnant, "pregnant"], [old, "elderly"]] as const) {
      const id = must(await arrive(booked));
      expect((await db().selectFrom("tickets").select("class").where("id", "=", id).executeTakeFirstOrThrow()).class).toBe(expected);
    }
  });

  it("finds a visitor's booking by number, phone, ID number or the QR code's link, and says when there is none", async () => {
    const person = { name: "张三", phone: "13611112222", idNumber: "440524188001010014" };
    const booked = must(await book({ start: "2043-12-02T15:30:00+08:00", person }));
    const hall = await demo();
    for (const input of [{ number: booked.number }, { number: booked.number.slice(1) }, { phone: "136 1111 2222" }, { idNumber: "440524188001010014" }, { token: `https://hall.example/a/${booked.token}` }]) {
      expect(must(await findArrivals(db(), hall.id, input)).map((found) => found.number)).toEqual([booked.number]);
    }
    expect(refusal(await findArrivals(db(), hall.id, { phone: "13600000000" }))).toBe("appointment_none_today");
  });
});

describe("changes of a booking", () => {
  it("a hold keeps the seat while the form is filled and gives it back when it runs out", async () => {
    const start = "2043-12-03T09:00:00+08:00";
    const free = (await freeAt(start))!;
    const hold = must(await act((ctx) => holdSeats(ctx, holdInput.parse({ item: ITEM, start }))));
    expect(await freeAt(start)).toBe(free - 1);
    expect(must(await book({ hold: hold.token }))).toMatchObject({ token: hold.token, state: "booked" });
    const second = must(await act((ctx) => holdSeats(ctx, holdInput.parse({ item: ITEM, start }))));
    await later(11 * 60);
    expect(refusal(await book({ hold: second.token }))).toBe("hold_expired");
    await tend();
    expect((await row(second)).state).toBe("expired");
    expect(await freeAt(start)).toBe(free - 1);
    expect(await seatFaults()).toEqual([]);
  });

  it("a cancelled seat comes back after a random while, at most the hall's limit, and not before", async () => {
    const start = "2043-12-03T09:30:00+08:00";
    const free = (await freeAt(start))!;
    const booked = must(await book({ start }));
    must(await act(async (ctx) => cancelAppointment(ctx, await row(booked), { staff: false })));
    const { rows } = await sql<{ minutes: number }>`select extract(epoch from release_at - app_now()) / 60 as minutes from appointment_seats where appointment_id = ${Number(booked.id)}`.execute(db());
    expect(rows[0]!.minutes).toBeGreaterThan(-0.1);
    expect(rows[0]!.minutes).toBeLessThanOrEqual(10);
    await later(10 * 60 + 1);
    await tend();
    expect(await freeAt(start)).toBe(free);
    expect((await sql`select kind from messages where subject = ${`appointment:${booked.id}`} and kind = 'booking_cancelled'`.execute(db())).rows).toHaveLength(1);
  });

  it("moves to another time: the old place stays until the new one is taken", async () => {
    const [from, to] = ["2043-12-03T10:00:00+08:00", "2043-12-04T10:00:00+08:00"];
    const booked = must(await book({ start: from }));
    const before = await freeAt(to);
    must(await act(async (ctx) => rescheduleAppointment(ctx, await row(booked), { start: to }, false)));
    expect(await freeAt(to)).toBe(before! - 1);
    expect(await row(booked)).toMatchObject({ day: "2043-12-04", number: booked.number, changes: 1 });
    // A wish that cannot be had changes nothing.
    const kept = await row(booked);
    expect(refusal(await act(async (ctx) => rescheduleAppointment(ctx, await row(booked), { start: "2043-12-05T03:00:00+08:00" }, false)))).toBe("slot_gone");
    expect(await row(booked)).toEqual(kept);
    expect(await seatFaults()).toEqual([]);
  });

  it("inside the limit before the time the holder cannot change on line, the hall can", async () => {
    await travel("2043-12-03T13:30:00+08:00");
    const booked = must(await book({ start: "2043-12-03T15:00:00+08:00" }));
    expect(refusal(await act(async (ctx) => cancelAppointment(ctx, await row(booked), { staff: false })))).toBe("too_late_to_change");
    expect((await act(async (ctx) => cancelAppointment(ctx, await row(booked), { staff: true, reason: "窗口故障" }))).ok).toBe(true);
  });

  it("several items are one longer visit, in the slots of each line one after the other", async () => {
    const alone = (await slots(ITEM, { from: "2043-12-04" }))[0]!;
    const many = (await slots(`${ITEM},990702007000`, { from: "2043-12-04" }))[0]!;
    expect(Date.parse(many.end) - Date.parse(many.start)).toBe(2 * (Date.parse(alone.end) - Date.parse(alone.start)));
    const booked = must(await book({ items: [ITEM, "990702007000"], start: many.start }));
    const { rows } = await sql<{ code: string }>`select t.code from appointment_seats x join slots s on s.hall_id = x.hall_id and s.id = x.slot_id join stocks t on t.hall_id = s.hall_id and t.id = s.stock_id where x.appointment_id = ${Number(booked.id)} order by s.starts`.execute(db());
    expect(rows.map((each) => each.code)).toEqual(["A", "B"]);
  });

  it("a group takes as many seats as it has people", async () => {
    const start = "2043-12-04T14:00:00+08:00";
    const free = (await freeAt(start))!;
    must(await book({ start, party: 3 }));
    expect(await freeAt(start)).toBe(free - 3);
    expect(refusal(await book({ start, party: 50 }))).toBe("party_too_large");
  });

  it("[GD-5.5.2b] several live bookings of one person are found, the same item is refused, others are marked and left out of the promise", async () => {
    const person = { ...somebody(), idNumber: "440524188001010014" };
    const first = must(await book({ start: "2043-12-04T09:00:00+08:00", person }));
    expect(first.duplicate).toBe(false);
    expect(refusal(await book({ start: "2043-12-04T11:00:00+08:00", person: { ...person, phone: somebody().phone } }))).toBe("duplicate_booking");
    const second = must(await book({ item: "992001001000", start: "2043-12-04T11:00:00+08:00", person }));
    expect(second).toMatchObject({ duplicate: true, messages: ["duplicate"] });
    await travel("2043-12-04T10:58:00+08:00");
    const before = await promiseKept(db(), (await demo()).id, 60);
    const single = must(await book({ start: "2043-12-04T11:30:00+08:00" }));
    must(await arrive(second));
    await travel("2043-12-04T11:28:00+08:00");
    must(await arrive(single));
    const window = await open("A01");
    await serveAll(window, [second.token, single.token]);
    // Both were called in time; only the visitor with one booking counts.
    expect(await promiseKept(db(), (await demo()).id, 60)).toEqual({ kept: before.kept + 1, of: before.of + 1 });
    expect((await promiseKept(db(), (await demo()).id, 60)).of).toBeGreaterThan(0);
  });
});

/** Calls one after the other until the given tickets were called. */
async function serveAll(window: number, tokens: string[]): Promise<void> {
  const hall = await demo();
  for (let left = tokens.length; left > 0; ) {
    const called = must(await callNext({ hall, actor: "token:1" }, window));
    if (tokens.includes((await db().selectFrom("tickets").select("token").where("number", "=", called.ticket.number).where("state", "=", "called").executeTakeFirstOrThrow()).token)) left--;
    must(await act((ctx) => startService(ctx, window)));
    must(await act((ctx) => finishService(ctx, window)));
  }
}

describe("time alone", () => {
  it("[GD-5.5.2a][JY-7.2.2c] no-shows are counted, warned and pause on-line booking only; numbers, desk and telephone stay open, and an appeal lifts it", async () => {
    const { answerPause, appealPause } = await import("@/lib/appointments/pauses/commands");
    const person = somebody();
    const items = [ITEM, "992001001000", "992002001000"];
    const booked: { id: string; token: string }[] = [];
    for (const [index, day] of ["07", "08", "09"].entries()) booked.push(must(await book({ item: items[index], start: `2043-12-${day}T09:00:00+08:00`, person })));
    for (const day of ["08", "09", "10"]) {
      await travel(`2043-12-${day}T08:00:00+08:00`);
      await tend();
    }
    expect(await Promise.all(booked.map(async (each) => (await row(each)).ended_reason))).toEqual(["no_show", "no_show", "no_show"]);
    const kinds = (await sql<{ kind: string }>`select kind from messages where subject = any(${booked.map((each) => `appointment:${each.id}`)}) and kind in ('booking_warning', 'booking_paused') order by id`.execute(db())).rows.map((each) => each.kind);
    expect(kinds).toEqual(["booking_warning", "booking_paused"]);
    const wish = { item: "990702007000", start: "2043-12-11T09:00:00+08:00", person };
    expect(refusal(await book(wish))).toBe("booking_paused");
    expect((await take({ channel: "web" }, false)).number).toMatch(/^A/);
    must(await book({ ...wish, channel: "phone" }, false));
    // An old missed booking is in nobody's statistics of kept promises.
    expect((await sql`select 1 from tickets where token = any(${booked.map((each) => each.token)})`.execute(db())).rows).toEqual([]);
    const pauseId = must(await act(async (ctx) => appealPause(ctx, (await row(booked[0]!)).phone_key!, "住院了，有证明")));
    must(await act((ctx) => answerPause(ctx, pauseId, { lift: true, answer: "情况属实" })));
    expect(refusal(await book({ ...wish, item: "992001001000" }))).toBeUndefined();
  });

  it("midnight changes the day, not the booking: the horizon moves on, a hold runs out, nobody arrives on the wrong day", async () => {
    await travel("2043-12-10T23:55:00+08:00");
    const before = [...new Set((await slots()).map((slot) => slot.start))].at(-1)!;
    const booked = must(await book({ start: "2043-12-11T08:30:00+08:00" }));
    const hold = must(await act((ctx) => holdSeats(ctx, holdInput.parse({ item: ITEM, start: "2043-12-11T09:00:00+08:00" }))));
    expect(refusal(await arrive(booked))).toBe("not_today");
    await travel("2043-12-11T00:06:00+08:00");
    await tend();
    expect((await row(hold)).state).toBe("expired");
    expect(refusal(await arrive(booked))).toBe("too_early");
    expect((await row(booked)).state).toBe("booked");
    expect([...new Set((await slots()).map((slot) => slot.start))].at(-1)! > before).toBe(true);
    await travel("2043-12-11T08:20:00+08:00");
    expect((await arrive(booked)).ok).toBe(true);
    // The day is over with a number that nobody called: a booking that arrived is no no-show.
    await travel("2043-12-12T00:01:00+08:00");
    await tend();
    expect(await row(booked)).toMatchObject({ state: "arrived", ended_reason: null });
  });

  it("reminds once, before the booked time", async () => {
    const booked = must(await book({ start: "2043-12-14T09:00:00+08:00" }));
    await travel("2043-12-13T14:00:00+08:00");
    await tend();
    await tend();
    expect((await sql`select 1 from messages where subject = ${`appointment:${booked.id}`} and kind = 'booking_reminder'`.execute(db())).rows).toHaveLength(1);
  });

  it("[BG-4.2.2] wishes that met no free time are counted by item and hour", async () => {
    const hall = await demo();
    await countDemand(db(), hall.id, [ITEM], "2043-12-14T19:30:00+08:00", "outside_hours");
    await countDemand(db(), hall.id, [ITEM], "2043-12-14T19:10:00+08:00", "outside_hours");
    expect((await sql`select day, hour, kind, n from booking_demand`.execute(db())).rows).toContainEqual({ day: "2043-12-14", hour: 19, kind: "outside_hours", n: 2 });
  });

  it("the page tells the rules before anybody types, and what was kept of the promise", async () => {
    const page = await bookingPage(db(), (await demo()).id);
    expect(page.rules).toMatchObject({ horizonDays: 7, earlyMinutes: 15, lateMinutes: 30, cancelMinutes: 120, promiseMinutes: 15 });
    expect(page.kinds.sort()).toEqual(["home", "off_hours", "regular", "special"]);
    expect(page.needs.map((need) => need.code)).toContain("sign_language");
    expect(page.promise!.of).toBeGreaterThan(0);
  });
});
