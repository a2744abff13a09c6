/** What booking journeys need beside the pages: places taken by others, and what was sent to a phone. */
import { createDatabase, createPool } from "@/lib/db/database";
import { unseal } from "@/lib/kernel/sealed";
import { expect, type Page } from "./fixtures";
import { readState } from "./state";

/** 补领婚姻登记证: few windows, so that a time is full soon. */
export const BOOKED_ITEM = "990709005000";

let last = Math.floor(Math.random() * 80_000_000) + 10_000_000;
export const newPhone = (): string => `137${String(last++).padStart(8, "0")}`;

export interface Slot {
  start: string;
  free: number;
  quiet: boolean;
}

/** The times of the item as every channel sees them. */
export const slotsNow = async (): Promise<Slot[]> => (await (await fetch(`${readState().url}/api/v1/halls/demo/slots?item=${BOOKED_ITEM}`)).json()) as Slot[];

/** Books a time through the guide desk; answers its link. */
export async function bookAtDesk(start: string, phone = newPhone()): Promise<string> {
  const { url, tokens } = readState();
  const answer = await fetch(`${url}/api/v1/halls/demo/appointments`, {
    method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${tokens.api["demo:guide"]}` },
    body: JSON.stringify({ item: BOOKED_ITEM, start, person: { name: "李娜", phone }, channel: "guide" }),
  });
  const booked = (await answer.json()) as { token: string; detail?: string };
  expect(answer.status, booked.detail).toBe(201);
  return `/a/${booked.token}`;
}

/** A time with room for two: pages that are opened at once do not take it from one another. */
export async function lateSlot(): Promise<string> {
  const open = (await slotsNow()).filter((slot) => slot.free > 1);
  return open[Math.floor(open.length * (0.5 + Math.random() / 2))]!.start;
}

/** The button of such a time on a page of times; the day is in its address. */
export const dayOf = (start: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date(start));
export const timeButton = (page: Page, start: string) => page.locator(`button[name="slot"][value^="${start}|"]`);

/** The newest message of a kind to a phone, as it lies sealed in the outbox. */
export async function messageTo(kind: string, phone: string): Promise<{ text: string; values: Record<string, string> }> {
  const { databaseUrl, secret } = readState();
  const pool = createPool(databaseUrl, 1);
  const rows = await createDatabase(pool).selectFrom("messages").select(["contact", "content"]).where("kind", "=", kind).orderBy("id", "desc").limit(50).execute();
  await pool.end();
  const mine = rows.find((row) => (JSON.parse(unseal(secret, row.contact)) as { phone?: string }).phone === phone);
  expect(mine, `${kind} to ${phone}`).toBeDefined();
  return JSON.parse(unseal(secret, mine!.content)) as { text: string; values: Record<string, string> };
}

/** All journeys come from one address; what this one does is not to look like a robot's work. */
export async function startTrusted(): Promise<void> {
  const pool = createPool(readState().databaseUrl, 1);
  await pool.query("delete from rate_limits where key like 'booking_trust%' or key like 'code_%'");
  await pool.end();
}

/** Asks for a code on /my and stops at the page where it is entered. */
export async function askCode(page: Page, phone: string, send: string | RegExp): Promise<void> {
  await page.locator("#phone").fill(phone);
  await page.getByRole("button", { name: send }).click();
  await expect(page.locator("#code")).toBeVisible();
}
