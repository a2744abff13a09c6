import { beforeAll, describe, expect, it } from "vitest";
import { createApi } from "@/api/app";
import { createToken } from "@/lib/auth/commands";
import type { HallRef } from "@/lib/ledger/commands";
import { checkLedger } from "@/lib/ledger/seal";
import { db, demo } from "../support/hall";
import { tokenFor } from "../support/server";

const api = createApi({ version: "test", liveOk: () => true });
let hall: HallRef;
let token: string;
beforeAll(async () => { hall = await demo(); token = await tokenFor("hall_admin"); });

const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await api.request(`/api/v1/halls/demo/items/${path}`, { method, headers: { Authorization: `Bearer ${token}`, ...(body ? { "Content-Type": "application/json" } : {}), ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: await response.json() as never as { rows: { code: string; outcome: string; errors: { field: string; code: string; value?: string }[] }[]; items: Record<string, string>[]; nextCursor?: string; code: string; field: string } };
};
const send = (items: unknown[], headers?: Record<string, string>) => call("POST", "import", { items }, headers);
const row = (code: string, change: Record<string, unknown> = {}) => ({ 事项编码: code, 事项名称: `上级事项${code}`, 事项类型: "01", 行使层级: "3", 实施主体: "云州市教育局", 服务对象: ["1", "2"], 办件类型: "2", 承诺办结时限: 15, 基本编码: "000101001000", 队列: "A", ...change });
const stored = (code: string) => db().selectFrom("items").selectAll().where("hall_id", "=", hall.id).where("code", "=", code).executeTakeFirst();
const seq = async () => (await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", hall.id).executeTakeFirstOrThrow()).seq;

describe("items from the platform above", () => {
  it("come under the field names of GB/T 39046, with units by name and codes mapped; what is not sent gets its fallback or stays", async () => {
    const { status, body } = await send([row("S1")]);
    expect([status, body.rows]).toEqual([200, [{ index: 0, code: "S1", outcome: "created", errors: [] }]]);
    expect(await stored("S1")).toMatchObject({ name: "上级事项S1", name_en: "上级事项S1", kind: "01", level: "3", audience: ["1", "2"], case_kind: "2", promised_days: 15, base_code: "000101001000", minutes: 10 });
    const changed = await send([{ 事项编码: "S1", 承诺办结时限: 10 }]);
    expect(changed.body.rows[0]).toMatchObject({ outcome: "changed" });
    expect(await stored("S1")).toMatchObject({ name: "上级事项S1", promised_days: 10 });
    // Without a code of ours the code of the platform above is the code.
    const { 事项编码: _, ...unnamed } = row("x");
    expect((await send([{ ...unnamed, 实施编码: "11500000MB1234567X4000101001000" }])).body.rows[0]).toMatchObject({ code: "11500000MB1234567X4000101001000", outcome: "created" });
  });

  it("each row has its answer: right ones are written, wrong ones name their field", async () => {
    const { body } = await send([row("S2"), row("S3", { 事项类型: "88" }), row("S4", { 承诺办结时限: "很快" }), row("S5", { 实施主体: "火星局" }), { 事项名称: "没有编码" }, row("S6", { 别的: "x" }), row("S2"), row("S7", { 队列: "ZZ" })]);
    expect(body.rows.map(({ code, outcome, errors }) => [code, outcome, ...errors.slice(0, 1).map(({ field, code: fault }) => `${field} ${fault}`)])).toEqual([
      ["S2", "created"], ["S3", "refused", "事项类型 unknown_code"], ["S4", "refused", "承诺办结时限 invalid_type"], ["S5", "refused", "实施主体 unknown_code"], ["", "refused", "code required"], ["S6", "refused", "别的 field_unknown"], ["S2", "refused", "事项编码 row_twice"], ["S7", "refused", "队列 reference_missing"],
    ]);
    expect(await stored("S2")).toBeDefined();
    expect(await stored("S3")).toBeUndefined();
    expect(await checkLedger(db(), hall.id)).toEqual([]);
  });

  it("the same again changes nothing; with a key even the answer is the same", async () => {
    await send([row("S8")]);
    const before = await seq();
    expect((await send([row("S8")])).body.rows[0]).toMatchObject({ outcome: "same" });
    expect(await seq()).toBe(before);
    const first = await send([row("S9")], { "Idempotency-Key": "k1" });
    const again = await send([row("S9")], { "Idempotency-Key": "k1" });
    expect(first.body.rows[0]).toMatchObject({ outcome: "created" });
    expect(again.body).toEqual(first.body);
    expect((await send([row("S10")], { "Idempotency-Key": "k1" })).status).toBe(409);
  });

  it("all items are exported in the same form and can be sent back unchanged", async () => {
    const all: Record<string, string>[] = [];
    let cursor: string | undefined;
    do {
      const page = await call("GET", `export?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
      all.push(...page.body.items);
      cursor = page.body.nextCursor;
    } while (cursor);
    const { n } = await db().selectFrom("items").select(({ fn }) => fn.countAll<number>().as("n")).where("hall_id", "=", hall.id).executeTakeFirstOrThrow();
    expect(all).toHaveLength(n);
    expect(all.find((item) => item.事项编码 === "S1")).toMatchObject({ 事项名称: "上级事项S1", 实施主体编码: "jyj", 实施主体: "云州市教育局", 服务对象: "1 2", 是否在用: "是" });
    const before = await seq();
    const back = await send(all.filter((item) => item.事项类型 === "01").slice(0, 100));
    expect(back.body.rows.filter(({ outcome }) => outcome !== "same")).toEqual([]);
    expect(await seq()).toBe(before);
  });

  it("knows only the systems that the tables name, and bounds a request", async () => {
    expect(await call("POST", "import", { system: "unknown", items: [row("S1")] })).toMatchObject({ status: 400, body: { code: "system_unknown" } });
    expect((await send(Array.from({ length: 201 }, (_, index) => row(`T${index}`)))).status).toBe(400);
    expect((await send([{ 事项名称: "x".repeat(3 * 1024 * 1024) }])).status).toBe(413);
    const clerk = await createToken(db(), { role: "clerk", label: "test", hallId: hall.id });
    const refused = await api.request("/api/v1/halls/demo/items/export", { headers: { Authorization: `Bearer ${clerk}` } });
    expect(refused.status).toBe(403);
  });
});
