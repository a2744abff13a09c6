import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { applyAction, stepAction } from "@/app/admin/residency-applications/actions";
import { applicationByCode, listApplications } from "@/lib/catalog/residency/data-admin";
import { applyForResidency } from "@/lib/catalog/residency/commands";
import type { StaffPrincipal, StaffRole } from "@/lib/auth/model";
import { forbidden } from "@/lib/kernel/errors";
import { act, db, demo, must } from "../support/hall";

/** Who is signed in; the session itself is proved in auth.test.ts and by the browser. */
let staff: StaffPrincipal;
vi.mock("@/components/session", () => ({
  currentStaff: async () => staff, requireStaff: async () => staff,
  staffForAction: async (roles: readonly StaffRole[]) => { if (!roles.includes(staff.role)) throw forbidden(); return staff; },
}));
vi.mock("@/components/intl/server", () => ({ currentLocale: async () => "zh", texts: async () => ({}) }));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));
vi.mock("next/navigation", () => ({ redirect: (to: string) => { throw new Error(`to ${to}`); }, notFound: () => { throw new Error("not found"); } }));

const form = (fields: Record<string, string | readonly string[]>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) data.append(name, each);
  return data;
};
let own: string[];
let foreign: string[];

/** A chief representative of the customs; items of the customs and of the tobacco authority are not resident in the demo data. */
beforeAll(async () => {
  const { id } = await demo();
  const outside = async (department: string) => (await sql<{ code: string }>`select i.code from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id where i.hall_id = ${id} and d.code = ${department} and i.residency = 'not_resident' and i.active order by 1`.execute(db())).rows.map(({ code }) => code);
  [own, foreign] = [await outside("hg"), await outside("ycj")];
  expect([own.length > 0, foreign.length > 0]).toEqual([true, true]);
  await sql`update staff set department_id = (select id from departments where hall_id = ${id} and code = 'hg') where username = 'chief1'`.execute(db());
});
beforeEach(async () => { staff = await asStaff("chief1"); });

async function asStaff(username: string): Promise<StaffPrincipal> {
  const row = await db().selectFrom("staff").select(["id", "name", "role", "hall_id"]).where("username", "=", username).executeTakeFirstOrThrow();
  return { kind: "staff", id: row.id, name: row.name, role: row.role, actor: `staff:${row.id}`, hallId: row.hall_id ?? undefined } as unknown as StaffPrincipal;
}
const ask = (department: string, items: readonly string[]) => applyAction("demo", { turn: 0 }, form({ kind: "enter", department, items, reason: "应进必进", documents: "函〔2026〕1号" }));
const step = async (code: string, name: string, more: Record<string, string> = {}) => {
  const found = (await applicationByCode(db(), (await demo()).id, code))!;
  return stepAction({ hall: "demo", code, version: found.version }, { turn: 0 }, form({ step: name, ...more }));
};
const total = async () => (await listApplications(db(), (await demo()).id, { limit: 1 })).total;
const stateOf = async (code: string) => (await applicationByCode(db(), (await demo()).id, code))!.state;

describe("a chief representative works for the own unit only", () => {
  it("[HN-7.1.3] applies for it, mends and withdraws; another unit's application cannot be made, mended or withdrawn, whatever is posted", async () => {
    const before = await total();
    await expect(ask("ycj", foreign.slice(0, 1))).rejects.toMatchObject({ status: 403 });
    // The own unit with another one's items is refused by the rule of one unit per application.
    expect((await ask("hg", foreign.slice(0, 1))).message).toMatch(/同一个单位/);
    expect(await total()).toBe(before);
    await expect(ask("hg", own.slice(0, 1))).rejects.toThrow(/^to \/admin\/residency-applications\/record\/JZ/);
    const { rows: [mine] } = await listApplications(db(), (await demo()).id, { filters: { department: "hg", state: "applied" } });
    const theirs = must(await act((ctx) => applyForResidency(ctx, { kind: "enter", department: "ycj", items: foreign.slice(0, 1), reason: "应进必进", documents: [], mode: undefined }))).code;
    await expect(step(theirs, "withdraw")).rejects.toMatchObject({ status: 403 });
    await expect(step(theirs, "resubmit", { reason: "改" })).rejects.toMatchObject({ status: 403 });
    expect(await stateOf(theirs)).toBe("applied");
    expect(await step(mine!.code, "withdraw")).toMatchObject({ done: expect.stringMatching(/\S/) });
    expect(await stateOf(mine!.code)).toBe("withdrawn");
  });

  it("[HN-7.1.3] neither reviews nor places nor opens, not even for the own unit; the hall's administrator does so for every unit", async () => {
    await expect(ask("hg", own.slice(0, 1))).rejects.toThrow(/^to /);
    const { rows: [mine] } = await listApplications(db(), (await demo()).id, { filters: { department: "hg", state: "applied" } });
    for (const name of ["approve", "reject", "return", "place", "open", "leave"]) await expect(step(mine!.code, name, { note: "同意", zone: "A" })).rejects.toMatchObject({ status: 403 });
    expect(await stateOf(mine!.code)).toBe("applied");
    staff = await asStaff("admin");
    expect(await step(mine!.code, "approve")).toMatchObject({ done: expect.stringMatching(/\S/) });
    expect(await stateOf(mine!.code)).toBe("reviewed");
  });

  it("without a unit there is nothing to apply for; another hall's applications do not exist", async () => {
    await sql`update staff set department_id = null where username = 'chief1'`.execute(db());
    await expect(ask("hg", own.slice(0, 1))).rejects.toMatchObject({ status: 403 });
    await expect(applyAction("demo2", { turn: 0 }, form({ kind: "enter", department: "hg", items: own.slice(0, 1), reason: "x" }))).rejects.toMatchObject({ status: 403 });
  });
});
