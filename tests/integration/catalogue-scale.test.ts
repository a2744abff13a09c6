import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { saveDepartment, saveField, saveItem, saveLine } from "@/lib/catalog/commands";
import { searchItems } from "@/lib/catalog/data";
import { listItems } from "@/lib/catalog/data-admin";
import { documentSchema } from "@/lib/catalog/document";
import { loadGuide } from "@/lib/catalog/guide/commands";
import { compareLevels } from "@/lib/catalog/guide/compare";
import { currentGuide } from "@/lib/catalog/guide/data";
import { listGuides, sameItems } from "@/lib/catalog/guide/data-admin";
import { countsOf, narrow } from "@/lib/catalog/guide/model";
import { sharedServices } from "@/lib/catalog/residency/data";
import { departmentInput, fieldInput, itemInput, itemQuery, lineInput } from "@/lib/catalog/schema";
import type { HallRef } from "@/lib/ledger/commands";
import { openHall } from "@/lib/queue/hall/commands";
import { hallRef } from "@/lib/regions/data";
import { hallInput } from "@/lib/regions/schema";
import { act, db, demo, must } from "../support/hall";

const FOOD = "990107012001";
/** BG-C13a: 5,508 items, 3,678 of them for the whole province; BG-C10a: 12,000 situations and 9,000 check points. */
const ITEMS = 5_508;
const SHARED = 3_678;
const SITUATIONS = 12_000;
const CHECKS = 9_000;

describe("a catalogue of a whole province", () => {
  let county: HallRef;

  /** Items and guides in bulk; the commands that make them one by one are measured by `npm run bench -- catalogue`. */
  beforeAll(async () => {
    county = await hallRef("demo2");
    const { document } = (await currentGuide(db(), (await demo()).id, FOOD))!;
    await sql`insert into items (hall_id, code, name, name_en, kind, department_id, field_id, line_id, minutes, search, share_scope)
      select i.hall_id, 'V' || n, '量化事项' || n, 'Item ' || n, i.kind, i.department_id, i.field_id, i.line_id, i.minutes, '量化事项' || n, case when n <= ${SHARED}::int then 'province' else 'none' end
        from generate_series(1, ${ITEMS}::int) n, (select * from items where hall_id = ${county.id} order by code limit 1) i`.execute(db());
    // Each guide has its share of situations and check points: 12,000 and 9,000 over 600 guides.
    await sql`insert into item_versions (hall_id, item_id, version, state, effective_on, document, situations, checks, created_by)
      select i.hall_id, i.id, 1, 'published', '2026-01-01', ${JSON.stringify(document)}::jsonb || jsonb_build_object('questions', '[]'::jsonb,
          'situations', (select jsonb_agg(jsonb_build_object('code', 's' || s, 'name', jsonb_build_object('zh', '情形' || s, 'en', 'Situation ' || s))) from generate_series(1, 20) s),
          'materials', jsonb_build_array((${JSON.stringify(document.materials[0])}::jsonb) || jsonb_build_object('situations', '[]'::jsonb, 'checks', (select jsonb_agg(jsonb_build_object('text', jsonb_build_object('zh', '要点' || c, 'en', ''))) from generate_series(1, 15) c)))),
        20, 15, 'import' from items i where i.hall_id = ${county.id} and i.code like 'V%' and substr(i.code, 2)::int <= 600`.execute(db());
  }, 60_000);

  it("[BG-C13a] 5,508 items with the mark of province-wide service are listed, filtered, found and paged to the end", async () => {
    const list = (more: object) => listItems(db(), county.id, { q: "量化事项", ...more });
    expect((await list({ limit: 1 })).total).toBe(ITEMS);
    expect((await list({ filters: { shareScope: "province" }, limit: 1 })).total).toBe(SHARED);
    expect((await list({ offset: ITEMS - 8, limit: 50 })).rows).toHaveLength(8);
    expect((await searchItems(db(), county.id, itemQuery.parse({ q: "量化事项5508" }))).items[0]).toMatchObject({ code: "V5508" });
    const { sameCity, acrossCities } = await sharedServices(db(), county.id);
    expect([...sameCity, ...acrossCities].filter(({ code }) => code.startsWith("V"))).toHaveLength(SHARED);
  });

  it("[BG-C10a] 12,000 situations and 9,000 check points stand in guides that are counted and read one by one", async () => {
    const { rows: [sum] } = await sql<{ situations: number; checks: number }>`select sum(situations)::int as situations, sum(checks)::int as checks from item_versions where hall_id = ${county.id} and item_id in (select id from items where hall_id = ${county.id} and code like 'V%')`.execute(db());
    expect(sum).toEqual({ situations: SITUATIONS, checks: CHECKS });
    const guides = await listGuides(db(), county.id, { q: "量化事项", filters: { state: "valid" }, sort: "situations", desc: true, limit: 3 });
    expect([guides.total, guides.rows[0]!.situations, guides.rows[0]!.checks]).toEqual([600, 20, 15]);
    const { document } = (await currentGuide(db(), county.id, "V600"))!;
    expect(documentSchema.parse(document)).toEqual(document);
    expect([countsOf(document).situations, countsOf(document).checks, narrow(document, {}).situations.length]).toEqual([20, 15, 20]);
  });
});

describe("the same item at five levels", () => {
  /** A hall with what an item needs. */
  async function hallOf(code: string, region: string, level: string): Promise<HallRef> {
    const hall = must(await openHall(hallInput.parse({ code, name: `${code}大厅`, nameEn: code, region, level }), "token:1", await demo())) && (await hallRef(code));
    const inHall = async <T>(work: Parameters<typeof act<T>>[0]) => must(await act(work, "token:1", hall));
    await inHall((ctx) => saveField(ctx, fieldInput.parse({ code: "general", name: "综合", nameEn: "General" })));
    await inHall((ctx) => saveDepartment(ctx, departmentInput.parse({ code: "scj", name: "市场监管", nameEn: "Market regulation" })));
    await inHall((ctx) => saveLine(ctx, lineInput.parse({ code: "A", name: "综合", nameEn: "General", field: "general", minutes: "10" })));
    return hall;
  }

  it("[BG-C02c] is compared element by element over five halls; what follows from the place may differ, every other difference is named with its five values", async () => {
    const code = "990107012001";
    const city = await demo();
    const { document } = (await currentGuide(db(), city.id, code))!;
    const { base_code } = await db().selectFrom("items").select("base_code").where("hall_id", "=", city.id).where("code", "=", code).executeTakeFirstOrThrow();
    const halls = [await hallOf("sheng", "990000000000", "province"), city, await hallRef("demo2"), await hallOf("zhen", "990121100000", "town"), await hallOf("cun", "990121100201", "village")];
    for (const [index, hall] of halls.entries()) {
      if (hall.code !== "demo") must(await act((ctx) => saveItem(ctx, itemInput.parse({ code, name: "食品经营许可", nameEn: "Food business licence", kind: "01", department: "scj", field: hall.code === "demo2" ? "market" : "general", line: hall.code === "demo2" ? "Q" : "A", minutes: "10", level: String(index + 2), baseCode: base_code })), "token:1", hall));
      if (hall.code === "demo") continue;
      const changed = { ...document, place: { zh: `${hall.code}一楼`, en: "First floor" }, ...(hall.code === "cun" ? { limits: { ...document.limits, statutory: 59 }, conditions: { zh: "村里另有条件", en: "Conditions of the village" } } : {}) };
      must(await act((ctx) => loadGuide(ctx, code, documentSchema.parse(changed)), "import", hall));
    }
    const columns = await sameItems(db(), code);
    expect(new Set(columns.map(({ hall }) => hall))).toEqual(new Set(["sheng", "demo", "demo2", "zhen", "cun"]));
    const elements = compareLevels(columns);
    expect(elements.length).toBeGreaterThanOrEqual(45);
    for (const { values } of elements) expect(values).toHaveLength(5);
    const of = (id: string) => elements.find((element) => element.id === id)!;
    expect(["materials.name", "place", "record.level", "record.kind"].map((id) => of(id).verdict)).toEqual(["equal", "local", "local", "equal"]);
    // Exactly what the village changed differs, and its own value is the odd one out.
    const differing = elements.filter(({ verdict, id }) => verdict === "differs" && !id.startsWith("record."));
    expect(differing.map(({ id }) => id).sort()).toEqual(["conditions", "limits.statutory"]);
    const village = columns.findIndex(({ hall }) => hall === "cun");
    expect(of("limits.statutory").values.map((value, index) => [index === village, String(value) === "59"])).toEqual(Array.from({ length: 5 }, (_, index) => [index === village, index === village]));
  });
});
