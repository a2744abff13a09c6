import { type BookingRow, type DemandRow, type DutyRow, listBookings, listDemand, listDuties, listPauses, listRules, listStocks, type PauseRow, type RulesRow, type StockRow } from "@/lib/appointments/data-admin";
import { APPOINTMENT_STATES } from "@/lib/appointments/model";
import { publishBookingRules } from "@/lib/appointments/rules/commands";
import { type RulesInput, rulesInput } from "@/lib/appointments/rules/form";
import { saveStock } from "@/lib/appointments/stock/commands";
import { type StockInput, stockInput } from "@/lib/appointments/stock/schema";
import { localName } from "@/lib/i18n/locale";
import { listWindows } from "@/lib/windows/data-admin";
import { ACTIVE, type Choices, CODE, hallList, hallRegister, NAME, NAME_EN, type Register } from "../register";
import { lineChoices } from "./references";

const windowChoices: Choices = { from: async (db, place) => (place.hall ? (await listWindows(db, place.hall.id, { filters: { active: "true" }, limit: 1_000 })).rows : []), coded: true };
const kinds: Choices = { codes: "stock_kind" };
const channels: Choices = { values: ["web", "wechat", "app", "phone", "guide", "desk", "kiosk", "platform"] };

/** What can be booked: whose windows, when, how many. */
const stocks = hallRegister<StockRow, StockInput>({
  key: "stocks",
  attributes: [
    CODE, NAME, NAME_EN,
    { key: "kind", kind: "choice", label: "stockKind", list: true, filter: true, required: true, initial: "regular", hint: "stockKind", choices: kinds },
    { key: "line", kind: "choice", list: true, filter: true, required: true, choices: lineChoices },
    { key: "slotMinutes", kind: "number", list: true, unit: "minutes", initial: "30" },
    { key: "share", kind: "number", label: "bookableShare", list: true, unit: "percent", hint: "bookableShare", initial: "60" },
    { key: "minutes", kind: "number", label: "stockMinutes", unit: "minutes", hint: "stockMinutes", clearable: true },
    { key: "serviceMinutes", kind: "number", label: "serviceMinutes", unit: "minutes", list: true, form: false },
    { key: "seats", kind: "number", hint: "seats", clearable: true },
    { key: "windows", kind: "choices", label: "stockWindows", separator: " ", hint: "stockWindows", choices: windowChoices },
    { key: "times", kind: "tags", separator: "|", hint: "times", wide: true, format: "times" },
    { key: "items", kind: "tags", label: "stockItems", separator: " ", hint: "stockItems", wide: true },
    { key: "team", kind: "text", label: "homeTeam", maxLength: 100 },
    ACTIVE,
  ],
  schema: stockInput, read: listStocks, save: saveStock,
});

/** Every booking with what became of it; personal data masked. */
const bookings: Register = {
  title: (row) => String(row.number),
  ...hallList<BookingRow>({
    key: "bookings",
    attributes: [
      { key: "number", kind: "text", label: "bookingNumber", list: true },
      { key: "starts", kind: "datetime", label: "bookedTime", list: true },
      { key: "state", kind: "choice", label: "bookingState", list: true, filter: true, choices: { values: APPOINTMENT_STATES.filter((state) => state !== "held" && state !== "expired"), tones: { booked: "info", arrived: "good", missed: "warn", cancelled: "neutral" } } },
      { key: "day", kind: "date", label: "bookedDay", filter: false },
      { key: "item", kind: "text", label: "bookedItem", list: true },
      { key: "name", kind: "text", label: "visitorName", list: true },
      { key: "phone", kind: "text", label: "personPhone", list: true },
      { key: "line", kind: "choice", list: true, filter: true, choices: lineChoices },
      { key: "stockKind", kind: "choice", filter: true, choices: kinds },
      { key: "party", kind: "number", label: "party", unit: "people" },
      { key: "needs", kind: "choices", label: "needs", list: true, filter: true, choices: { codes: "companion_need" } },
      { key: "channel", kind: "choice", label: "bookingChannel", filter: true, choices: channels },
      { key: "relation", kind: "choice", label: "bookingRelation", choices: { codes: "booking_relation" } },
      { key: "ticket", kind: "text", label: "ticketNumber", list: true },
      { key: "late", kind: "flag", label: "cameLate", filter: true },
      { key: "duplicate", kind: "flag", label: "duplicateBooking", filter: true },
      { key: "promised", kind: "flag", label: "promiseKept" },
      { key: "changes", kind: "number", label: "bookingChanges", unit: "times" },
      { key: "bookedAt", kind: "datetime", label: "bookedAt" },
      { key: "reason", kind: "text", label: "endReason" },
    ],
    read: listBookings,
  }),
};

/** Sessions outside of office hours that somebody has booked: who does them. */
const duties: Register = {
  title: (row, locale) => `${String(row.stock)} ${localName(locale, { name: String(row.stockName), nameEn: String(row.stockNameEn) })}`,
  ...hallList<DutyRow>({
    key: "duties",
    attributes: [
      { key: "starts", kind: "datetime", label: "dutyFrom", list: true },
      { key: "ends", kind: "datetime", label: "dutyTo", list: true },
      { key: "stock", kind: "text", label: "stock", list: true },
      { key: "stockName", kind: "text", label: "stockName", list: true },
      { key: "kind", kind: "choice", label: "stockKind", filter: true, choices: kinds },
      { key: "booked", kind: "number", label: "dutyBooked", list: true },
      { key: "staff", kind: "tags", label: "dutyStaff", list: true, separator: "、" },
      { key: "team", kind: "text", label: "homeTeam" },
      { key: "state", kind: "choice", label: "dutyState", list: true, filter: true, choices: { values: ["open", "staffed", "cancelled", "over"], tones: { open: "warn", staffed: "good", cancelled: "neutral", over: "neutral" } } },
    ],
    read: listDuties,
  }),
};

/** Pauses of on-line booking after repeated no-shows, with appeals; walk-ins are never touched. */
const pauses: Register = {
  title: (row) => String(row.phone),
  ...hallList<PauseRow>({
    key: "booking-pauses",
    attributes: [
      { key: "phone", kind: "text", label: "personPhone", list: true },
      { key: "missed", kind: "number", label: "missedBookings", unit: "times", list: true },
      { key: "starts", kind: "datetime", label: "pausedFrom", list: true },
      { key: "ends", kind: "datetime", label: "pausedTo", list: true },
      { key: "state", kind: "choice", label: "pauseState", list: true, filter: true, choices: { values: ["running", "appealed", "lifted", "over"], tones: { running: "warn", appealed: "info", lifted: "good", over: "neutral" } } },
      { key: "appeal", kind: "longtext", label: "appeal", list: true },
      { key: "appealAt", kind: "datetime", label: "appealAt" },
      { key: "answer", kind: "longtext", label: "appealAnswer" },
    ],
    read: listPauses,
  }),
};

/** Wishes that met no free time, by item and hour. */
const demand = hallList<DemandRow>({
  key: "booking-demand",
  attributes: [
    { key: "item", kind: "text", list: true },
    { key: "name", kind: "text", label: "bookedItem", list: true },
    { key: "kind", kind: "choice", label: "demandKind", list: true, filter: true, choices: { values: ["full", "day_full", "outside_hours"] } },
    { key: "hour", kind: "number", label: "wantedHour", unit: "oclock", list: true },
    { key: "n", kind: "number", label: "wishes", unit: "times", list: true },
    { key: "days", kind: "number", label: "wantedDays", unit: "days", list: true },
    { key: "lastDay", kind: "date", label: "lastWanted", list: true },
  ],
  read: listDemand,
});

const number = (key: keyof RulesRow & string, unit: string, list = false) => ({ key, kind: "number", label: `rule_${key}`, hint: `rule_${key}`, unit, list, required: true }) as const;

/** The published booking rules, one row per hall; saving publishes the next version. */
const rules: Register = {
  ...hallRegister<RulesRow, RulesInput>({
    key: "booking-rules",
    attributes: [
      { key: "code", kind: "text", label: "hall", list: true, fixed: true },
      { ...number("horizonDays", "days", true), group: "ruleTimes" }, number("leadMinutes", "minutes"), number("cancelMinutes", "minutes", true), number("holdMinutes", "minutes"), number("returnMinutes", "minutes"),
      { ...number("earlyMinutes", "minutes", true), group: "ruleHall" }, number("lateMinutes", "minutes", true), number("promiseMinutes", "minutes", true), number("remindHours", "hours"),
      { ...number("perItem", "times"), group: "ruleLimits" }, number("perDay", "times"), number("perWeek", "times"), number("maxParty", "people"), number("maxItems", "itemsUnit"),
      { ...number("pauseMissed", "times"), group: "rulePause" }, number("pauseWithin", "days"), number("pauseDays", "days"),
    ],
    schema: rulesInput as never, read: listRules, save: (ctx, { code: _, ...document }, version) => publishBookingRules(ctx, document, version ?? 0),
  }),
  creators: [],
};

export const BOOKING_REGISTERS: readonly Register[] = [bookings, stocks, duties, pauses, demand, rules];
