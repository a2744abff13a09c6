import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { hitBookings } from "@/lib/appointments/moves/data";
import { answerProposal, proposeMoves, withdrawProposals } from "@/lib/appointments/moves/commands";
import { assignDuty } from "@/lib/appointments/duties/commands";
import { cancelAppointment } from "@/lib/appointments/steps/commands";
import { adjustSlots, closeSlots, closeWindowAhead, copyWeek, makeSlots, saveStock, stockEveryLine, withdrawClosure } from "@/lib/appointments/stock/commands";
import { stockInput } from "@/lib/appointments/stock/schema";
import { bookingFigures, servicesByTime, weekPlan } from "@/lib/appointments/report/data";
import { publishBookingRules } from "@/lib/appointments/rules/commands";
import { bookingRules } from "@/lib/appointments/rules/data";
import { bookingRulesSchema } from "@/lib/appointments/rules/schema";
import { saveHallDay } from "@/lib/calendar/commands";
import { hallDayInput } from "@/lib/calendar/schema";
import { ok } from "@/lib/kernel/result";
import { book, ITEM, row, seatFaults, slots, somebody, travel } from "../support/booking";
import { act, db, demo, later, must, refusal } from "../support/hall";

const EVENING = "990702007000";
const at = (day: string, clock: string) => new Date(`${day}T${clock}:00+08:00`).toISOString();
const day = async (date: string, item = ITEM) => slots(item, { from: date, to: date });
const clock = (slot: { start: string }) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(slot.start));

// A Wednesday far ahead, so that the clock can always go there; a holiday and its make-up working Sunday follow.
beforeAll(async () => {
  await travel("2044-01-06T07:00:00+08:00");
  await sql`insert into calendar_days (date, kind, name, name_en) values ('2044-01-08', 'holiday', '测试节', 'Test holiday'), ('2044-01-10', 'work', '测试节调休', 'Make-up day'), ('2043-01-02', 'holiday', '元旦', 'New Year') on conflict do nothing`.execute(db());
  must(await act(async (ctx) => ok(await makeSlots(ctx))));
});

describe("capacity comes from windows", () => {
  it("seats follow from windows, minutes of a service and the bookable share; the rest is for people who come without", async () => {
    const [slot] = (await weekPlan(db(), (await demo()).id, "2044-01-04", "A"))[0]!.slots.filter((each) => each.day === "2044-01-07");
    // Eight intake windows with somebody planned, 30 minutes, 10 minutes a service, 60 % of the time.
    expect(slot).toMatchObject({ planned: 14, capacity: 14, booked: 0 });
    must(await act((ctx) => saveStock(ctx, stockInput.parse({ code: "A", name: "综合受理", nameEn: "General intake", line: "A", share: 30 }))));
    expect((await weekPlan(db(), (await demo()).id, "2044-01-04", "A"))[0]!.slots.find((each) => each.day === "2044-01-07")!.planned).toBe(7);
    must(await act((ctx) => saveStock(ctx, stockInput.parse({ code: "A", name: "综合受理", nameEn: "General intake", line: "A", share: 60 }))));
  });

  it("the service time is the measured one once there are enough services", async () => {
    const hall = await demo();
    const line = await db().selectFrom("lines").select("id").where("hall_id", "=", hall.id).where("code", "=", "F").executeTakeFirstOrThrow();
    await sql`insert into tickets (hall_id, token, day, number_line_id, number_seq, number, line_id, class, channel, state, rank, rank_rule, policy_version, window_id, issued_at, called_at, started_at, ended_at)
      select ${hall.id}, 'measured-' || n, '2044-01-05', ${line.id}, n, 'F' || n, ${line.id}, 'normal', 'kiosk', 'finished', app_now(), 'arrival', 1, (select id from windows where hall_id = ${hall.id} and code = 'F01'), app_now() - interval '60 minutes', app_now() - interval '30 minutes', app_now() - interval '30 minutes', app_now() - interval '10 minutes' from generate_series(1, 20) n`.execute(db());
    must(await act(async (ctx) => ok(await makeSlots(ctx))));
    expect(Number((await db().selectFrom("stocks").select("service_minutes").where("hall_id", "=", hall.id).where("code", "=", "F").executeTakeFirstOrThrow()).service_minutes)).toBe(20);
  });

  it("[BG-C06c][BG-C13b] follows the week, public holidays, make-up days and the hall's own days", async () => {
    const days = [...new Set((await slots()).map((slot) => slot.start.slice(0, 10)))];
    expect((await day("2044-01-08")).filter((slot) => slot.kind === "regular")).toEqual([]);
    expect((await day("2044-01-10")).map(clock).at(0)).toBe("08:30");
    expect((await day("2044-01-09")).map((slot) => [clock(slot), slot.time])).toContainEqual(["09:00", "weekend"]);
    expect((await day("2044-01-07")).find((slot) => clock(slot) === "12:00")!.time).toBe("noon");
    expect(days.length).toBe(7);
    must(await act((ctx) => saveHallDay(ctx, hallDayInput.parse({ code: "2044-01-07", name: "设备检修", nameEn: "Maintenance", spans: "13:30-15:00" }))));
    must(await act(async (ctx) => ok(await makeSlots(ctx))));
    expect((await day("2044-01-07")).map(clock)).toEqual(["13:30", "14:00", "14:30"]);
  });

  it("[JY-6.3d] times say how busy they are, and the quiet ones are suggested", async () => {
    const date = "2044-01-11";
    const times = await day(date);
    for (let index = 0; index < 4; index++) must(await book({ start: times[0]!.start }));
    const after = await day(date);
    expect(after[0]!.load).toBeGreaterThan(0.5);
    expect(after[0]!.quiet).toBe(false);
    expect(after.filter((slot) => slot.quiet)).toHaveLength(3);
    expect(after.filter((slot) => slot.quiet).every((slot) => slot.load === 0)).toBe(true);
  });

  it("[BG-4.2.2] evenings, weekends and holidays have a stock of their own, staffed by special windows", async () => {
    const evening = (await day("2044-01-11", EVENING)).filter((slot) => slot.kind === "off_hours");
    expect(evening.map(clock)).toEqual(["17:30", "18:00", "18:30", "19:00"]);
    expect(evening.every((slot) => slot.time === "evening")).toBe(true);
    const before = (await day("2044-01-11", EVENING)).filter((slot) => slot.kind === "regular")[0]!.free;
    must(await book({ item: EVENING, start: evening[0]!.start }));
    expect((await day("2044-01-11", EVENING)).filter((slot) => slot.kind === "regular")[0]!.free).toBe(before);
  });

  it("a hall without any stock has one for each line in one press", async () => {
    expect(must(await act((ctx) => stockEveryLine(ctx)))).toBe(1);
    expect(must(await act((ctx) => stockEveryLine(ctx)))).toBe(0);
  });

  it("[BG-C07e] a home visit needs the address, takes the team's places and belongs to nobody's window", async () => {
    const [visit] = await slots("993110007000", { kind: "home" });
    expect(refusal(await book({ item: "993110007000", start: visit!.start, kind: "home" }))).toBe("address_needed");
    const booked = must(await book({ item: "993110007000", start: visit!.start, kind: "home", address: "望云大道 8 号 3 栋" }));
    expect(await row(booked)).toMatchObject({ stock_kind: "home" });
    expect((await row(booked)).person).not.toContain("望云大道");
    must(await book({ item: "993110007000", start: visit!.start, kind: "home", address: "望云大道 9 号" }));
    expect(refusal(await book({ item: "993110007000", start: visit!.start, kind: "home", address: "望云大道 10 号" }))).toBe("slot_full");
  });
});

describe("duty outside of office hours", () => {
  it("[BG-C02f][BG-C07d] the first booking of a session makes the task to staff it, the last cancelled one takes it away; nobody is on two duties at once", async () => {
    const evening = (await day("2044-01-12", EVENING)).filter((slot) => slot.kind === "off_hours");
    const first = must(await book({ item: EVENING, start: evening[0]!.start }));
    const second = must(await book({ item: EVENING, start: evening[1]!.start }));
    const duty = () => db().selectFrom("duties").selectAll().where("day", "=", "2044-01-12").orderBy("id").executeTakeFirstOrThrow();
    const made = await duty();
    expect(made).toMatchObject({ booked: 2, state: "open" });
    expect(Date.parse(made.ends) - Date.parse(made.starts)).toBe(3_600_000);
    must(await act((ctx) => assignDuty(ctx, made.id, ["clerk1"])));
    expect((await duty()).state).toBe("staffed");
    expect(refusal(await act((ctx) => assignDuty(ctx, made.id, ["nobody"])))).toBe("staff_unknown");
    await sql`insert into duties (hall_id, stock_id, day, starts, ends) select hall_id, (select id from stocks where hall_id = 1 and code = 'E-weekend'), day, starts, ends from duties where id = ${made.id}`.execute(db());
    const other = await db().selectFrom("duties").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
    expect(refusal(await act((ctx) => assignDuty(ctx, other.id, ["clerk1"])))).toBe("duty_overlap");
    for (const booked of [first, second]) must(await act(async (ctx) => cancelAppointment(ctx, await row(booked), { staff: true })));
    expect(await duty()).toMatchObject({ booked: 0, state: "cancelled" });
  });
});

describe("weeks of slots", () => {
  it("times are closed, opened, added to and copied to another week; what is booked stays", async () => {
    const range = { stock: "A", from: at("2044-01-12", "09:00"), to: at("2044-01-12", "10:00"), note: "设备维护" };
    const booked = must(await book({ start: at("2044-01-12", "09:00") }));
    expect(must(await act((ctx) => closeSlots(ctx, range, true)))).toBe(2);
    expect((await day("2044-01-12")).filter((slot) => slot.kind === "regular" && slot.free > 0).map(clock)).not.toContain("09:00");
    expect((await row(booked)).state).toBe("booked");
    must(await act((ctx) => adjustSlots(ctx, { ...range, from: at("2044-01-12", "10:00"), to: at("2044-01-12", "10:30") }, 5)));
    expect(must(await act((ctx) => copyWeek(ctx, "2044-01-11", "2044-01-18", "A")))).toBe(3);
    const copied = (await weekPlan(db(), (await demo()).id, "2044-01-18", "A"))[0]!.slots.filter((slot) => slot.day === "2044-01-19");
    expect(copied.filter((slot) => slot.closed).map((slot) => slot.clock)).toEqual(["09:00", "09:30"]);
    expect(copied.find((slot) => slot.clock === "10:00")).toMatchObject({ adjust: 5, wanted: 19 });
    must(await act((ctx) => closeSlots(ctx, range, false)));
    expect((await day("2044-01-12")).map(clock)).toContain("09:00");
    // Making slots anew keeps what an administrator did.
    must(await act(async (ctx) => ok(await makeSlots(ctx))));
    expect((await weekPlan(db(), (await demo()).id, "2044-01-18", "A"))[0]!.slots.filter((slot) => slot.closed)).toHaveLength(2);
    await expect(act((ctx) => copyWeek(ctx, "2044-01-12", "2044-01-18"))).rejects.toThrow("not_a_monday");
  });

  it("closing a window shows whose bookings it hits; a new time is proposed, kept and told, accepted, declined or taken back", async () => {
    const hall = await demo();
    const code = (await db().selectFrom("items as i").innerJoin("lines as l", "l.id", "i.line_id").select("i.code").where("i.hall_id", "=", hall.id).where("l.code", "=", "X").where("i.active", "=", true).where("i.residency", "=", "resident").orderBy("i.minutes").orderBy("i.code").executeTakeFirstOrThrow()).code;
    const [slot] = (await slots(code)).filter((each) => each.free > 0 && each.kind === "regular" && each.start > at("2044-01-12", "12:00"));
    const booked = must(await book({ item: code, start: slot!.start }));
    expect(await hitBookings(db(), hall.id)).toEqual([]);
    const closure = must(await act((ctx) => closeWindowAhead(ctx, { window: "Q04", from: slot!.start, to: slot!.end, reason: "人员培训" })));
    must(await act((ctx) => closeWindowAhead(ctx, { window: "Q05", from: slot!.start, to: slot!.end, reason: "人员培训" })));
    const [hit] = await hitBookings(db(), hall.id);
    expect(hit).toMatchObject({ number: booked.number, reason: "closed", proposal: null });
    expect(must(await act((ctx) => proposeMoves(ctx, [Number(booked.id)], "窗口人员培训")))).toEqual({ proposed: 1, without: [] });
    const proposal = (await row(booked)).proposal as { starts: string };
    const kept = (await slots(code)).find((each) => Date.parse(each.start) === Date.parse(proposal.starts))!.free;
    expect((await sql`select 1 from messages where kind = 'booking_moved' and subject = ${`appointment:${booked.id}`}`.execute(db())).rows).toHaveLength(1);
    // Taken back: the kept place is free, the message that was not sent yet is dropped.
    must(await act((ctx) => withdrawProposals(ctx, [Number(booked.id)])));
    expect((await row(booked)).proposal).toBeNull();
    expect((await slots(code)).find((each) => Date.parse(each.start) === Date.parse(proposal.starts))!.free).toBe(kept + 1);
    expect((await sql<{ state: string }>`select state from messages where kind = 'booking_moved' and subject = ${`appointment:${booked.id}`}`.execute(db())).rows.map((each) => each.state)).toEqual(["dropped"]);
    // Proposed once more, the same time even: the visitor is told again.
    must(await act((ctx) => proposeMoves(ctx, [Number(booked.id)], "窗口人员培训")));
    expect((await sql<{ state: string }>`select state from messages where kind = 'booking_moved' and subject = ${`appointment:${booked.id}`} order by id`.execute(db())).rows.map((each) => each.state)).toEqual(["dropped", "queued"]);
    // An answer that never came does not stand in the way of another proposal.
    expect(must(await act((ctx) => proposeMoves(ctx, [Number(booked.id)], "窗口人员培训"))).proposed).toBe(0);
    await sql`update appointments set proposal = proposal || jsonb_build_object('until', app_now() - interval '1 minute') where id = ${Number(booked.id)}`.execute(db());
    expect(must(await act((ctx) => proposeMoves(ctx, [Number(booked.id)], "窗口人员培训"))).proposed).toBe(1);
    must(await act(async (ctx) => answerProposal(ctx, await row(booked), true)));
    expect(await row(booked)).toMatchObject({ state: "booked", proposal: null, changes: 1 });
    expect(await hitBookings(db(), hall.id)).toEqual([]);
    expect(refusal(await act(async (ctx) => answerProposal(ctx, await row(booked), true)))).toBe("proposal_gone");
    must(await act((ctx) => withdrawClosure(ctx, closure.id)));
    expect(await seatFaults()).toEqual([]);
  });

  it("a day on which the hall closes by itself shows whose bookings it hits", async () => {
    const hall = await demo();
    const booked = must(await book({ start: at("2044-01-13", "14:00") }));
    must(await act((ctx) => saveHallDay(ctx, hallDayInput.parse({ code: "2044-01-13", name: "停电检修", nameEn: "Power cut", spans: "" }))));
    must(await act(async (ctx) => ok(await makeSlots(ctx))));
    expect(await day("2044-01-13")).toEqual([]);
    expect(await hitBookings(db(), hall.id)).toMatchObject([{ number: booked.number, reason: "closed" }]);
    expect(must(await act((ctx) => proposeMoves(ctx, [Number(booked.id)], "停电检修")))).toMatchObject({ proposed: 1 });
    must(await act(async (ctx) => answerProposal(ctx, await row(booked), true)));
    expect((await row(booked)).day).not.toBe("2044-01-13");
    expect(await hitBookings(db(), hall.id)).toEqual([]);
    must(await act((ctx) => saveHallDay(ctx, hallDayInput.parse({ code: "2044-01-13", name: "停电检修", nameEn: "Power cut", spans: "", active: false }))));
    must(await act(async (ctx) => ok(await makeSlots(ctx))));
  });

  it("planned against booked capacity comes with advice from measured no-shows, never by overselling", async () => {
    const hall = await demo();
    expect((await weekPlan(db(), hall.id, "2044-01-11", "A"))[0]).toMatchObject({ noShow: null, advice: 0 });
    const stock = await db().selectFrom("stocks").select(["id", "line_id"]).where("hall_id", "=", hall.id).where("code", "=", "A").executeTakeFirstOrThrow();
    await sql`insert into appointments (hall_id, token, number, state, stock_id, line_id, day, starts, ends, channel, booked_at, created_at, ended_reason)
      select ${hall.id}, 'past-' || n, 'P' || n, 'missed', ${stock.id}, ${stock.line_id}, '2044-01-05', app_now() - interval '1 day', app_now() - interval '23 hours', 'web', app_now(), app_now(), case when n <= 6 then 'no_show' end from generate_series(1, 6) n`.execute(db());
    await sql`insert into appointments (hall_id, token, number, state, stock_id, line_id, day, starts, ends, channel, booked_at, created_at, arrived_at, ticket_id)
      select ${hall.id}, 'came-' || t.id, 'C' || t.number_seq, 'arrived', ${stock.id}, ${stock.line_id}, '2044-01-05', app_now() - interval '1 day', app_now() - interval '23 hours', 'web', app_now(), app_now(), app_now(), t.id from tickets t where t.token like 'measured-%'`.execute(db());
    const [week] = await weekPlan(db(), hall.id, "2044-01-11", "A");
    expect(week!.noShow).toBeCloseTo(6 / 26);
    expect(week!.advice).toBeGreaterThan(0);
    expect((await bookingFigures(db(), hall.id))).toMatchObject({ arrived: 20, missed: 6 });
  });

  it("[BG-C09b][BG-C13b][BG-C06c] services are counted by the kind of their time and set against the same span of the year before", async () => {
    const hall = await demo();
    const line = await db().selectFrom("lines").select("id").where("hall_id", "=", hall.id).where("code", "=", "A").executeTakeFirstOrThrow();
    const served = async (time: string, count: number) => sql`
      insert into tickets (hall_id, token, day, number_line_id, number_seq, number, line_id, class, channel, state, rank, rank_rule, policy_version, window_id, issued_at, called_at, started_at, ended_at)
      select ${hall.id}, ${time} || n, (${time}::timestamptz at time zone 'Asia/Shanghai')::date, ${line.id}, 5000 + n + extract(hour from ${time}::timestamptz)::int * 100, ${time} || n, ${line.id}, 'normal', 'kiosk', 'finished', app_now(), 'arrival', 1, (select id from windows where hall_id = ${hall.id} and code = 'A01'), ${time}::timestamptz, ${time}::timestamptz, ${time}::timestamptz, ${time}::timestamptz from generate_series(1, ${count}::int) n`.execute(db());
    await served("2044-01-04T08:10:00+08:00", 2);
    await served("2044-01-04T12:40:00+08:00", 3);
    await served("2044-01-04T18:00:00+08:00", 4);
    await served("2044-01-03T10:00:00+08:00", 5);
    await served("2043-01-02T10:00:00+08:00", 6);
    await served("2043-01-05T12:15:00+08:00", 1);
    const times = Object.fromEntries((await servicesByTime(db(), hall.id)).map((each) => [each.time, [each.thisYear, each.lastYear]]));
    expect(times).toMatchObject({ early: [2 + 20, 0], noon: [3, 1], evening: [4, 0], holiday: [0, 6], home: [0, 0] });
    expect(times.weekend![0]).toBe(5);
  });

  it("rules are published in versions and count from then on", async () => {
    const rules = await bookingRules(db(), (await demo()).id);
    must(await act((ctx) => publishBookingRules(ctx, bookingRulesSchema.parse({ horizonDays: 2, perDay: 1 }), rules.version)));
    expect(refusal(await act((ctx) => publishBookingRules(ctx, bookingRulesSchema.parse({}), rules.version)))).toBe("edited_elsewhere");
    // Readers may know the rules of two seconds ago; bookings go by the newest.
    await later(3);
    const person = somebody();
    const free = (await slots()).filter((slot) => slot.free > 0);
    expect(new Set(free.map((slot) => slot.start.slice(0, 10))).size).toBeLessThanOrEqual(3);
    must(await book({ start: free[0]!.start, person }));
    expect(refusal(await book({ item: "992001001000", start: free[0]!.start, person }))).toBe("booking_limit_day");
    expect(refusal(await book({ start: at("2044-01-20", "09:00") }))).toBe("slot_gone");
  });
});
