import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { itemByCode } from "@/lib/catalog/data";
import { loadGuide } from "@/lib/catalog/guide/commands";
import { currentGuide } from "@/lib/catalog/guide/data";
import { takeReceived } from "@/lib/catalog/handed/commands";
import { listReceived } from "@/lib/catalog/handed/data-admin";
import { receivedInput } from "@/lib/catalog/handed/schema";
import { handedDownTo, itemAdmission, sharedServices } from "@/lib/catalog/residency/data";
import { listAgreements, listSinkCandidates, listSinks } from "@/lib/catalog/residency/data-admin";
import { sinksByRegion } from "@/lib/catalog/residency/data-report";
import { sinkPowers } from "@/lib/catalog/residency/model";
import { saveAgreement, saveShared, saveSink } from "@/lib/catalog/residency/register-commands";
import { agreementInput, sharedInput, sinkInput } from "@/lib/catalog/residency/schema";
import { saveWindow } from "@/lib/windows/commands";
import { windowInput } from "@/lib/windows/schema";
import { issueTicket } from "@/lib/queue/ticket/commands";
import { hallRef } from "@/lib/regions/data";
import { act, db, demo, must, refusal } from "../support/hall";

const hall = async () => (await demo()).id;
const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await query.execute(db())).rows[0]!;

describe("handing down and sharing", () => {
  it("[HN-7.2.5a] candidates come from the seven fields, by demand, and go when they are handed down", async () => {
    const id = await hall();
    const fields = await sql<{ code: string }>`select code from codes where table_name = 'sink_field'`.execute(db());
    expect(fields.rows).toHaveLength(7);
    const candidates = await listSinkCandidates(db(), id, { limit: 500 });
    expect(new Set(candidates.rows.map((row) => row.sinkField)).size).toBe(7);
    const item = candidates.rows[0]!;
    must(await act((ctx) => saveSink(ctx, sinkInput.parse({ code: "XC-T", item: item.code, level: "5", regions: "990102001000", mode: "authorised", receiver: "鼓楼前街道便民服务中心", fromOn: "2025-01-01" }))));
    expect((await listSinkCandidates(db(), id, { filters: { code: item.code } })).total).toBe(0);
  });

  it("[HN-7.2.5b][BG-C19b][BG-C10b][BG-2.1.5] each has a mode that says what may be done, day, receiver and its entry in the ledger; each town and village has its list", async () => {
    const id = await hall();
    expect([sinkPowers("entrusted"), sinkPowers("authorised"), sinkPowers("assisted")]).toEqual([{ accept: true, decide: false }, { accept: true, decide: true }, { accept: false, decide: false }]);
    await expect(act((ctx) => saveSink(ctx, sinkInput.parse({ code: "XC-U", item: "992004001000", level: "5", regions: "990102001000", mode: "somehow", receiver: "x", fromOn: "2025-01-01" })))).rejects.toMatchObject({ code: "reference_missing" });
    const town = await listSinks(db(), id, { filters: { regions: "990121100000" }, limit: 100 });
    const byRegion = await sinksByRegion(db(), id);
    expect(byRegion.find((row) => row.code === "990121100000")!.items).toBe(town.total);
    expect(byRegion.some((row) => row.level === 6)).toBe(true);
    expect(town.rows[0]).toMatchObject({ receiver: expect.stringMatching(/\S/), fromOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), mode: expect.any(String) });
    const logged = await one(sql<{ data: { values: Record<string, unknown> } }>`select data from events where hall_id = ${id} and type = 'sink.created' and data ->> 'code' = 'XC-T'`);
    expect(logged.data.values).toMatchObject({ receiver: "鼓楼前街道便民服务中心", from_on: "2025-01-01" });
  });

  it("[HN-7.1.2][BG-C19a] what a city hands down appears at the lower hall with its mode", async () => {
    const county = await hallRef("demo2");
    const before = await handedDownTo(db(), county);
    expect(before).toEqual([expect.objectContaining({ hall: "demo", mode: "entrusted", modeName: "委托受理" })]);
    must(await act((ctx) => saveSink(ctx, sinkInput.parse({ code: "XC-V", item: "992004005000", level: "4", regions: "990121000000", mode: "authorised", receiver: "清河县政务服务中心", fromOn: "2025-01-01", toOn: "2025-06-30" }))));
    expect(await handedDownTo(db(), county)).toHaveLength(1);
  });

  it("[HN-7.1.2][HN-7.2.5b] taken into the lower hall's catalogue it is an item there with the source's guide and a link to it, until it is put out of use", async () => {
    const county = await hallRef("demo2");
    const code = "990107012001";
    const sink = (more: Record<string, string> = {}) => act((ctx) => saveSink(ctx, sinkInput.parse({ code: "XC-W", item: code, level: "4", regions: "990121000000", mode: "entrusted", receiver: "清河县政务服务中心", fromOn: "2025-01-01", ...more })));
    must(await sink());
    const row = async () => (await listReceived(db(), county.id, { filters: { code } })).rows[0]!;
    const take = async (more: Record<string, string> = {}) => act((ctx) => takeReceived(ctx, receivedInput.parse({ code, department: "scj", field: "market", line: "Q", ...more })), "token:1", county);
    expect(await row()).toMatchObject({ state: "offered", source: "demo", mode: "entrusted", active: false, guide: null });
    expect(refusal(await take({ active: "no" }))).toBe("not_taken");
    must(await take());
    const guide = (await currentGuide(db(), await hall(), code))!;
    expect(await row()).toMatchObject({ state: "taken", active: true, guide: guide.version, sourceGuide: guide.version, department: "scj", line: "Q" });
    expect((await itemByCode(db(), county.id, code))).toMatchObject({ residency: "resident", line: "Q" });
    expect((await currentGuide(db(), county.id, code))!.document).toEqual(guide.document);
    expect((await handedDownTo(db(), county)).find((each) => each.code === code)!.taken).toBe(true);
    expect((await one(sql<{ data: Record<string, unknown> }>`select data from events where hall_id = ${county.id} and type = 'item.received'`)).data).toMatchObject({ code, source: "demo", mode: "entrusted", guide: guide.version });

    // The handing down entrusts the intake (HN-7.2.8): a number is given while it is in force, and not afterwards.
    const ask = () => act((ctx) => issueTicket(ctx, { item: code, channel: "kiosk" } as never, { secret: "s", trusted: true }), "token:1", county);
    const { id } = must(await ask());
    await db().updateTable("tickets").set({ state: "cancelled" }).where("hall_id", "=", county.id).where("id", "=", id as never).execute();
    must(await sink({ toOn: "2025-06-30" }));
    expect(await row()).toMatchObject({ state: "ended" });
    expect(refusal(await ask())).toBe("agreement_lapsed");
    expect(refusal(await take())).toBe("not_handed_down");
    must(await sink());
    expect((await itemAdmission(db(), county.id, code, "2026-01-01"))!.agreed).toBe(true);

    // A newer guide of the source is shown, and brought by taking it again.
    must(await act((ctx) => loadGuide(ctx, code, { ...guide.document, conditions: { zh: "新的条件", en: "New conditions" } })));
    expect(await row()).toMatchObject({ state: "newer_guide", guide: guide.version, sourceGuide: guide.version + 1 });
    must(await take());
    expect((await currentGuide(db(), county.id, code))!.document.conditions.zh).toBe("新的条件");
    expect(refusal(await act((ctx) => takeReceived(ctx, receivedInput.parse({ code, department: "scj", field: "market", line: "Q" }), 1), "token:1", county))).toBe("edited_elsewhere");

    must(await take({ active: "no" }));
    expect(await row()).toMatchObject({ state: "retired", active: false });
    expect((await ask()).ok).toBe(false);
    must(await take());
    expect(await row()).toMatchObject({ state: "taken", active: true });
  });

  it("[HN-7.1.2] an item that the lower hall had already keeps its own words and gets mode and link; what was not handed down is refused", async () => {
    const county = await hallRef("demo2");
    const code = "992004002000";
    const before = (await itemByCode(db(), county.id, code))!;
    must(await act((ctx) => takeReceived(ctx, receivedInput.parse({ code, department: "rsj", field: "social_medical", line: "S" })), "token:1", county));
    expect(await itemByCode(db(), county.id, code)).toMatchObject({ name: before.name, aliases: before.aliases, line: "S" });
    expect(await one(sql<{ mode: string; source: string }>`select i.mode, h.code as source from items i join handed_items t on t.hall_id = i.hall_id and t.item_id = i.id join halls h on h.id = t.source_hall_id where i.hall_id = ${county.id} and i.code = ${code}`)).toEqual({ mode: "entrusted", source: "demo" });
    expect(refusal(await act((ctx) => takeReceived(ctx, receivedInput.parse({ code: "990706005000", department: "gaj", field: "general" })), "token:1", county))).toBe("not_handed_down");
  });

  it("[GD-6.9][GD-6.10][BG-C05a] items offered within the city and across cities, with scope, partners, mode and windows", async () => {
    const scopes = await sql<{ code: string }>`select code from codes where table_name = 'share_scope'`.execute(db());
    expect(scopes.rows.map((row) => row.code)).toEqual(expect.arrayContaining(["interprovince", "regional", "city_cluster", "city", "county"]));
    must(await act((ctx) => saveShared(ctx, sharedInput.parse({ code: "992004015000", scope: "interprovince", regions: "980100000000", mode: "collect", windows: "A01" }))));
    const lists = await sharedServices(db(), await hall());
    expect(lists.acrossCities.find((row) => row.code === "992004015000")).toMatchObject({ scopeName: "跨省通办", mode: "代收代办", windows: ["A01"], regions: [{ name: "西岭市" }] });
    expect(lists.sameCity.length).toBeGreaterThan(2);
    expect(lists.sameCity.every((row) => ["city", "county"].includes(row.scope))).toBe(true);
    await expect(act((ctx) => saveShared(ctx, sharedInput.parse({ code: "992004015000", scope: "city", regions: "123456789012", mode: "collect" })))).rejects.toMatchObject({ code: "reference_missing" });
  });

  it("[JY-6.4] an item is offered for other levels and regions by authorisation, commission or collection, stored per hall and window; a window that does so is not put out of use", async () => {
    const county = await hallRef("demo2");
    const code = "992004002000";
    const offer = (scope: string, mode: string, windows: string, where?: typeof county) => act((ctx) => saveShared(ctx, sharedInput.parse({ code, scope, regions: scope === "county" ? "990121000000" : "980100000000", mode, windows })), "token:1", where);
    const shown = async (id: number) => { const { sameCity, acrossCities } = await sharedServices(db(), id); return [...sameCity, ...acrossCities].find((row) => row.code === code); };
    for (const [scope, mode, modeName] of [["county", "authorised", "授权办理"], ["city_cluster", "entrusted", "委托受理"], ["interprovince", "collect", "代收代办"]] as const) {
      must(await offer(scope, mode, "A01 A02"));
      expect(await shown(await hall())).toMatchObject({ scope, mode: modeName, windows: ["A01", "A02"] });
    }
    // The other hall offers the same item in its own way.
    must(await offer("county", "entrusted", "A01", county));
    expect([await shown(await hall()), await shown(county.id)].map((row) => [row!.scope, row!.windows.length])).toEqual([["interprovince", 2], ["county", 1]]);
    await expect(offer("interprovince", "collect", "Z99")).rejects.toMatchObject({ code: "reference_missing", options: { field: "windows" } });
    await expect(offer("interprovince", "somehow", "A01")).rejects.toMatchObject({ code: "reference_missing", options: { field: "mode" } });
    // Crosswise windows carry their partner regions beside (JY-6.4w); in use for it, they stay.
    must(await act((ctx) => saveWindow(ctx, windowInput.parse({ code: "KY1", name: "跨域通办", nameEn: "Cross-region", zone: "A", kind: "cross_region", partnerRegions: "980100000000", own: "A" }))));
    must(await offer("interprovince", "collect", "KY1"));
    expect(refusal(await act((ctx) => saveWindow(ctx, windowInput.parse({ code: "KY1", name: "跨域通办", nameEn: "Cross-region", zone: "A", kind: "cross_region", own: "A", active: "no" }))))).toBe("in_use");
  });

  it("[BG-C18a] an agreement of another area names partners, items and a mode that leaves the power where it is", async () => {
    const row = (await listAgreements(db(), await hall(), { filters: { kind: "cross_area" } })).rows[0]!;
    expect(row).toMatchObject({ mode: "separated", regions: ["990200000000", "990300000000"], items: expect.arrayContaining(["992004001000"]), state: "in_force" });
    // Such an agreement does not entrust intake here.
    expect(refusal(await act((ctx) => saveAgreement(ctx, agreementInput.parse({ code: "XY-Z", name: "空", kind: "joint", partner: "某地", mode: "separated", fromOn: "2025-01-01" }))))).toBe("agreement_covers_nothing");
  });
});
