import { spawn } from "node:child_process";
import { deflateRawSync } from "node:zlib";
import { writeXlsx } from "hucre/xlsx";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { importColumns, kindsFor } from "@/components/exchange/columns";
import { faultText } from "@/components/exchange/faults";
import type { Place } from "@/components/admin/place";
import { cancelImport, createImport, startImport } from "@/lib/exchange/commands";
import { importFacts, importRows, type RowFilter } from "@/lib/exchange/data";
import { readRecords } from "@/lib/exchange/data-export";
import { HALL_KINDS } from "@/lib/exchange/kinds";
import { type Column, plainCell, safeCell } from "@/lib/exchange/model";
import { runImport } from "@/lib/exchange/run/commands";
import { LIMITS, readUpload } from "@/lib/exchange/upload";
import { writeTable, writeTemplate } from "@/lib/exchange/write";
import { saveItem } from "@/lib/catalog/commands";
import { itemInput } from "@/lib/catalog/schema";
import { translator } from "@/lib/i18n/messages";
import { checkLedger } from "@/lib/ledger/seal";
import type { HallRef } from "@/lib/ledger/commands";
import { act, db, demo, later, must, refusal, take } from "../support/hall";

const t = translator("zh", "admin");
let hall: HallRef;
let place: Place;
let columns: Column[];

beforeAll(async () => {
  hall = await demo();
  const staff = { kind: "staff", role: "hall_admin", actor: "token:1", hallId: hall.id } as never;
  place = { staff, locale: "zh", halls: [], choosing: false, hall: { ...hall, name: "大厅", nameEn: "Hall", timeZone: "Asia/Shanghai" } as never };
  columns = await importColumns("items", place);
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const upload = async (content: Uint8Array | string, kind = "items") => {
  const sheet = must(await readUpload(typeof content === "string" ? bytes(content) : content));
  return createImport(db(), hall, "token:1", { kind, fileName: "事项.csv", sheet, columns: kind === "items" ? columns : await importColumns(kind, place) });
};
/** Uploads and checks; the id. */
const checked = async (content: Uint8Array | string, kind = "items"): Promise<number> => {
  const id = must(await upload(content, kind));
  await runImport(db(), id);
  return id;
};
const run = async (id: number, step: "apply" | "undo", onlyRight = false): Promise<void> => {
  must(await startImport(db(), hall, "token:1", id, step, onlyRight));
  await runImport(db(), id);
};
const facts = (id: number) => importFacts(db(), hall.id, id);
const rows = async (id: number, filter?: RowFilter) => (await importRows(db(), id, { filter, limit: 6_000 })).rows;
const told = async (id: number): Promise<string[]> => (await rows(id)).flatMap((row) => row.errors.map((fault) => { const { column, text } = faultText("zh", fault, columns); return `${row.row} ${column}：${text}`; }));
const itemNames = async (...codes: string[]) => db().selectFrom("items").select(["code", "name", "active"]).where("hall_id", "=", hall.id).where("code", "in", codes).orderBy("code").execute();
const seq = async () => (await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", hall.id).executeTakeFirstOrThrow()).seq;

const HEAD = "code,name,nameEn,kind,department,field,line,minutes";
const row = (code: string, change: Record<string, string> = {}) => Object.values({ code, name: `事项${code}`, nameEn: `Item ${code}`, kind: "01", department: "jyj", field: "general", line: "A", minutes: "10", ...change }).join(",");

describe("checking", () => {
  it("shows every row's result before anything is written: new, changed with old and new, same, wrong", async () => {
    const before = await seq();
    const known = (await readRecords(db(), "items", hall.id, ["990101001000"])).get("990101001000")!;
    const same = row("990101001000", { name: known.name!, nameEn: known.nameEn!, kind: known.kind!, department: known.department!, field: known.field!, line: known.line!, minutes: known.minutes! });
    const id = await checked([HEAD, row("N1"), same, row("992001001000", { name: "换发教师资格证" }), row("N2", { minutes: "很快" })].join("\n"));
    expect((await rows(id)).map(({ code, result }) => `${code} ${result}`)).toEqual(["N1 new", "990101001000 same", "992001001000 changed", "N2 wrong"]);
    const changed = (await rows(id, "changed"))[0]!;
    expect([changed.before!.name, changed.wanted!.name]).toEqual(["教师资格证书补发换发", "换发教师资格证"]);
    // Columns that the file does not have stay as they are.
    expect(changed.wanted!.aliases).toBe(changed.before!.aliases);
    expect(await itemNames("N1", "N2")).toEqual([]);
    expect(await seq()).toBe(before);
  });

  it("names each wrong cell with its column and the reason, in plain Chinese", async () => {
    const id = await checked([HEAD, row("W1", { name: "" }), row("W2", { minutes: "很快" }), row("W3", { minutes: "0" }), row("W4", { kind: "火星" }), row("W5", { department: "mars" }), row("W6", { line: "ZZ" }), row("W7", { name: "名".repeat(201) }), row("W8"), row("W8"), row("4.42E+30"), `${row("W9")},多出来的`].join("\n"));
    expect(await told(id)).toEqual([
      "2 名称：必填，现在是空的", "3 通常用时（分钟）：请填写数字（现在是“很快”）", "4 通常用时（分钟）：要大于 0（现在是“0”）", "5 事项类型：没有“火星”，请从“可选值”里选", "6 部门：没有“mars”这条记录，请先导入它，或改成已有的",
      "7 队列：没有“ZZ”这条记录，请先导入它，或改成已有的", `8 名称：最多 200 个字（现在是“${"名".repeat(201)}”）`, "10 事项编码：与第 9 行重复", "11 事项编码：“4.42E+30”被当成数字，丢了位数；请把这一列设为文本再填", "12 ：“多出来的”所在的列没有列名",
    ]);
    expect((await facts(id)).found).toMatchObject({ new: 1, wrong: 10 });
  });

  it("understands Chinese headings, names instead of codes, and what a list exports", async () => {
    const id = await checked("事项编码,名称,英文名称,事项类型,部门,领域,队列,通常用时（分钟）,服务对象,常办事项,别的列\nC1,测试事项,Test,行政许可,市教育局,综合,A 综合受理,12,自然人、企业法人,是,x".replace("市教育局", "云州市教育局"));
    expect(await told(id)).toEqual([]);
    expect((await rows(id))[0]!.wanted).toMatchObject({ kind: "01", department: "jyj", field: "general", line: "A", minutes: "12", audience: "1 2", popular: "yes" });
    expect((await facts(id)).ignored).toEqual(["别的列"]);
  });

  it("refuses a file without known headings, without the code, or with a heading twice", async () => {
    expect(refusal(await upload("a,b\n1,2"))).toBe("no_known_heading");
    expect(refusal(await upload("name,nameEn\n甲,A"))).toBe("heading_missing");
    expect(refusal(await upload("code,事项编码\n1,2"))).toBe("heading_twice");
  });
});

describe("files", () => {
  // "code,name\nG1,㐀䶮" with two characters that only GB18030 has, next to plain GBK.
  const gb = Uint8Array.from([...bytes("code,name\nG1,"), 0xca, 0xd0, 0xd5, 0xfe, 0xb8, 0xae, 0x81, 0x39, 0xee, 0x39]);
  it.each([
    ["UTF-8", bytes("code,name\nG1,市政府㐀")], ["UTF-8 with a byte order mark", bytes("\ufeffcode,name\nG1,市政府㐀")], ["GB18030", gb],
    ["semicolons", bytes("code;name\nG1;市政府㐀")], ["tabs", bytes("code\tname\nG1\t市政府㐀")], ["UTF-16 as Excel saves text", Uint8Array.from(Buffer.from("\ufeffcode\tname\r\nG1\t市政府㐀", "utf16le"))],
  ])("reads %s", async (_, content) => {
    expect(must(await readUpload(content))).toEqual({ headings: ["code", "name"], rows: [{ row: 2, cells: ["G1", "市政府㐀"] }] });
  });

  it("reads workbooks: texts keep their zeros, numbers and dates become text, blank lines are passed over", async () => {
    const file = await writeXlsx({ sheets: [{ name: "数据", rows: [["code", "minutes", "on"], ["0012", 12.5, new Date(Date.UTC(2026, 9, 1))], [], ["0013", 3, null]] }] });
    expect(must(await readUpload(file)).rows.map(({ row: number, cells }) => [number, ...cells])).toEqual([[2, "0012", "12.5", "2026-10-01"], [4, "0013", "3", ...(must(await readUpload(file)).rows[1]!.cells.length > 2 ? [""] : [])]]);
  });

  it("refuses what it is not, by the bytes and not the name, and says what to do", async () => {
    const zip = (content: Buffer, claimed = content.length) => {
      const packed = deflateRawSync(content);
      const head = Buffer.alloc(30), central = Buffer.alloc(46), end = Buffer.alloc(22);
      head.writeUInt32LE(0x04034b50); head.writeUInt16LE(8, 8); head.writeUInt32LE(packed.length, 18); head.writeUInt32LE(claimed, 22); head.writeUInt16LE(1, 26);
      central.writeUInt32LE(0x02014b50); central.writeUInt16LE(8, 10); central.writeUInt32LE(packed.length, 20); central.writeUInt32LE(claimed, 24); central.writeUInt16LE(1, 28);
      end.writeUInt32LE(0x06054b50); end.writeUInt16LE(1, 8); end.writeUInt16LE(1, 10); end.writeUInt32LE(47, 12); end.writeUInt32LE(31 + packed.length, 16);
      return Uint8Array.from(Buffer.concat([head, Buffer.from("a"), packed, central, Buffer.from("a"), end]));
    };
    const refused = async (content: Uint8Array) => { const answer = await readUpload(content); return answer.ok ? "read" : answer.code; };
    expect(await refused(new Uint8Array())).toBe("file_empty");
    expect(await refused(bytes("code,name"))).toBe("file_empty");
    expect(await refused(new Uint8Array(LIMITS.bytes + 1))).toBe("file_too_large");
    expect(await refused(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toBe("file_type");
    expect(await refused(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1]))).toBe("file_old_excel");
    expect(await refused(Uint8Array.from([0x41, 0x2c, 0xff, 0xff, 0x0a]))).toBe("file_encoding");
    expect(await refused(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]))).toBe("file_broken");
    // A bomb: 110 MB of zeros in 110 kB, whatever size it claims.
    expect(await refused(zip(Buffer.alloc(110 * 1024 * 1024), 10))).toBe("file_unpacked_too_large");
    expect(await refused(bytes(`code\n${"x\n".repeat(LIMITS.rows + 1)}`))).toBe("file_too_many_rows");
    expect(await refused(bytes(`${Array.from({ length: 101 }, (_, i) => `c${i}`).join(",")}\n1`))).toBe("file_too_many_columns");
  });

  it("cells that look like formulas are harmless in both forms and come back as they were (ASVS 1.2.10)", async () => {
    const evil = ["=HYPERLINK(\"http://x\")", "+1+1", "-cmd", "@SUM(A1)", "\tx"];
    expect(evil.map(safeCell).every((cell) => cell.startsWith("'"))).toBe(true);
    expect(evil.map((cell) => plainCell(safeCell(cell)))).toEqual(evil);
    for (const format of ["csv", "xlsx"] as const) {
      const { body } = await writeTable(format, "表", ["code", "name"], evil.map((cell, index) => [`F${index}`, cell]));
      const content = new Uint8Array(await new Response(body).arrayBuffer());
      expect(must(await readUpload(content)).rows.map(({ cells }) => cells[1]!.startsWith("'"))).toEqual(evil.map(() => true));
    }
    expect(safeCell("-5")).toBe("-5");
  });

  it("a template has Chinese headings with the field keys, an explanation and the allowed codes, and loads as it is", async () => {
    const texts = { sheet: "数据", explanation: "填写说明", allowed: "可选值", column: "列名", field: "字段", required: "必填", yes: "是", meaning: "说明", values: "可选值" };
    const { readXlsx } = await import("hucre/xlsx");
    const { body } = await writeTemplate("xlsx", columns, texts);
    const book = await readXlsx(new Uint8Array(await new Response(body).arrayBuffer()));
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(["数据", "填写说明", "可选值"]);
    const headings = book.sheets[0]!.rows[0]!.map(String);
    expect(headings).toContain("*事项编码[code]");
    expect(book.sheets[2]!.rows.flat()).toContain("行政许可");
    const { matchHeadings } = await import("@/lib/exchange/model");
    expect(matchHeadings(headings, columns)).toMatchObject({ keys: columns.map((column) => column.key), ignored: [], twice: [] });
  });

  it("every kind of a hall can be written and loaded again without changing anything", async () => {
    const offered = kindsFor(place, t).map(({ kind }) => kind);
    expect(offered).toEqual(expect.arrayContaining(["departments", "fields", "zones", "lines", "items", "windows", "staff", "devices", "notices"]));
    for (const kind of Object.keys(HALL_KINDS).filter((each) => offered.includes(each))) {
      const records = [...(await readRecords(db(), kind, hall.id)).values()].slice(0, 40);
      if (records.length === 0) continue;
      const keys = Object.keys(records[0]!);
      const { body } = await writeTable("xlsx", kind, keys, records.map((record) => keys.map((key) => record[key] ?? "")));
      const id = await checked(new Uint8Array(await new Response(body).arrayBuffer()), kind);
      const found = await rows(id);
      expect(found.filter(({ result }) => result !== "same").map(({ code, result, errors, before, wanted }) => ({ kind, code, result, errors, before, wanted }))).toEqual([]);
    }
  }, 120_000);
});

describe("applying", () => {
  it("the right rows go in at once, the wrong ones come back corrected", async () => {
    const id = await checked([HEAD, row("P1"), row("P2", { minutes: "x" }), row("P3")].join("\n"));
    expect(refusal(await startImport(db(), hall, "token:1", id, "apply"))).toBe("import_has_wrong_rows");
    await run(id, "apply", true);
    expect((await facts(id))).toMatchObject({ state: "applied", outcomes: { created: 2, refused: 0 } });
    expect((await itemNames("P1", "P2", "P3")).map(({ code }) => code)).toEqual(["P1", "P3"]);
    // What is downloaded has a column with the reasons; corrected and uploaded again it is passed over.
    const again = await checked(`${HEAD},错误说明\n${row("P2")},通常用时：请填写数字`);
    expect(await facts(again)).toMatchObject({ ignored: [], found: { new: 1, wrong: 0 } });
    await run(again, "apply");
    expect((await itemNames("P2"))).toHaveLength(1);
    expect(refusal(await startImport(db(), hall, "token:1", again, "apply"))).toBe("import_state");
  });

  it("every change stands in the ledger, with the begin and the end of the import", async () => {
    const from = await seq();
    const id = await checked([HEAD, row("L1"), row("L2")].join("\n"));
    await run(id, "apply");
    const events = await db().selectFrom("events").select(["type", "subject"]).where("hall_id", "=", hall.id).where("seq", ">", from).orderBy("seq").execute();
    expect(events.map(({ type }) => type)).toEqual(["import.started", "item.created", "item.created", "import.applied"]);
    expect(events[0]!.subject).toBe(`import:${id}`);
    expect(await checkLedger(db(), hall.id)).toEqual([]);
  });

  it("a record that somebody edited after the check is not overwritten", async () => {
    await run(await checked([HEAD, row("K1"), row("K2")].join("\n")), "apply");
    const id = await checked([HEAD, row("K1", { name: "导入的名称" }), row("K2", { name: "导入的名称" }), row("K3")].join("\n"));
    must(await act((ctx) => saveItem(ctx, itemInput.parse({ ...Object.fromEntries(HEAD.split(",").map((key, index) => [key, row("K1").split(",")[index]])), name: "别人的名称" }))));
    must(await act((ctx) => saveItem(ctx, itemInput.parse(Object.fromEntries(HEAD.split(",").map((key, index) => [key, row("K3").split(",")[index]]))))));
    await run(id, "apply");
    expect((await itemNames("K1", "K2", "K3")).map(({ name }) => name)).toEqual(["别人的名称", "导入的名称", "事项K3"]);
    expect((await rows(id, "refused")).map(({ code, errors }) => `${code} ${errors[0]!.code}`)).toEqual(["K1 changed_since_check", "K3 changed_since_check"]);
  });

  it("an import whose program ended is shown as interrupted and continued without doing anything twice", async () => {
    const count = 250;
    const id = await checked([HEAD, ...Array.from({ length: count }, (_, index) => row(`R${index}`))].join("\n"));
    must(await startImport(db(), hall, "token:1", id, "apply"));
    // The first chunk is written, then another process takes over the mark: the first one stops as if it had ended.
    const half = runImport(db(), id);
    await expect.poll(async () => (await facts(id)).outcomes.created, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
    await db().updateTable("imports").set({ runner: "gone" }).where("id", "=", id).execute();
    await half;
    const done = (await facts(id)).outcomes.created;
    expect(done).toBeLessThan(count);
    expect((await facts(id)).interrupted).toBe(false);
    await later(60);
    expect(await facts(id)).toMatchObject({ state: "applying", interrupted: true });
    await runImport(db(), id);
    expect(await facts(id)).toMatchObject({ state: "applied", outcomes: { created: count } });
    const created = await db().selectFrom("events").select(({ fn }) => fn.countAll<number>().as("n")).where("hall_id", "=", hall.id).where("type", "=", "item.created").where(sql<boolean>`data ->> 'code' like 'R%'`).executeTakeFirstOrThrow();
    expect(created.n).toBe(count);
  });

  it("killed in the middle of the work, it is continued by another process: every row once, none half, the ledger whole", async () => {
    const count = 1_500;
    const id = await checked([HEAD, ...Array.from({ length: count }, (_, index) => row(`SK${index}`))].join("\n"));
    must(await startImport(db(), hall, "token:1", id, "apply"));
    const child = spawn(process.execPath, ["--import", "tsx", "tests/support/run-import.ts", String(id)], { env: process.env, stdio: "ignore" });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    await expect.poll(async () => (await facts(id)).outcomes.created, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    const done = (await facts(id)).outcomes.created;
    expect(done).toBeLessThan(count);
    // What the rows say is done is there, and nothing else: a chunk is in whole or not at all.
    const there = async () => (await db().selectFrom("items").select(({ fn }) => fn.countAll<number>().as("n")).where("hall_id", "=", hall.id).where("code", "like", "SK%").executeTakeFirstOrThrow()).n;
    await expect.poll(async () => (await facts(id)).outcomes.created === await there()).toBe(true);
    await later(60);
    expect(await facts(id)).toMatchObject({ state: "applying", interrupted: true });
    await runImport(db(), id);
    expect(await facts(id)).toMatchObject({ state: "applied", outcomes: { created: count, refused: 0 } });
    const events = await sql<{ n: number; codes: number }>`select count(*)::int as n, count(distinct data ->> 'code')::int as codes from events where hall_id = ${hall.id} and type = 'item.created' and data ->> 'code' like 'SK%'`.execute(db());
    expect([await there(), events.rows[0]]).toEqual([count, { n: count, codes: count }]);
    expect(await checkLedger(db(), hall.id)).toEqual([]);
  }, 120_000);

  it("given up it writes nothing; another hall's import does not exist", async () => {
    const id = await checked([HEAD, row("X1")].join("\n"));
    must(await cancelImport(db(), hall, id));
    expect(refusal(await startImport(db(), hall, "token:1", id, "apply"))).toBe("import_state");
    const other = await db().selectFrom("halls").select("id").where("code", "=", "demo2").executeTakeFirstOrThrow();
    await expect(importFacts(db(), other.id, id)).rejects.toThrow("not_found");
    expect(await itemNames("X1")).toEqual([]);
  });

  it("5,000 rows are checked, applied and undone whole, while numbers are given out", async () => {
    const count = 5_000;
    const id = must(await upload([HEAD, ...Array.from({ length: count }, (_, index) => row(`B${index}`))].join("\n")));
    const work = runImport(db(), id);
    const ticket = await take({ line: "A" });
    expect(ticket.number).toMatch(/^A\d{3}$/);
    await work;
    expect((await facts(id)).found).toMatchObject({ new: count, wrong: 0 });
    await run(id, "apply");
    expect((await facts(id)).outcomes).toMatchObject({ created: count, refused: 0 });
    await run(id, "undo");
    expect((await facts(id)).undos).toMatchObject({ removed: count, refused: 0 });
    expect(await itemNames("B0", "B4999")).toEqual([]);
  }, 300_000);
});

describe("undoing", () => {
  it("removes what is new, puts out of use what is used, restores what changed, and names what was edited since", async () => {
    await run(await checked([HEAD, row("U1", { name: "原来的名称" }), row("U2")].join("\n")), "apply");
    const id = await checked([HEAD, row("U1", { name: "新名称" }), row("U2", { minutes: "33" }), row("U3"), row("U4"), row("U5")].join("\n"));
    await run(id, "apply");
    // U4 stands in a number that is at an end, U5 in one that still waits.
    const { number } = await take({ line: undefined as never, item: "U4" });
    await db().updateTable("tickets").set({ state: "cancelled" }).where("hall_id", "=", hall.id).where("number", "=", number).execute();
    await take({ line: undefined as never, item: "U5" });
    must(await act((ctx) => saveItem(ctx, itemInput.parse({ ...Object.fromEntries(HEAD.split(",").map((key, index) => [key, row("U2", { minutes: "33" }).split(",")[index]])), name: "后来的名称" }))));
    await run(id, "undo");
    expect(await itemNames("U1", "U2", "U3", "U4", "U5")).toEqual([{ code: "U1", name: "原来的名称", active: true }, { code: "U2", name: "后来的名称", active: true }, { code: "U4", name: "事项U4", active: false }, { code: "U5", name: "事项U5", active: true }]);
    expect((await facts(id))).toMatchObject({ state: "undone", undos: { restored: 1, removed: 1, retired: 1, refused: 2 } });
    expect((await rows(id, "kept")).map(({ code, errors }) => `${code} ${errors[0]!.code}`)).toEqual(["U2 changed_since_import", "U5 in_use"]);
    expect(await checkLedger(db(), hall.id)).toEqual([]);
  });
});

describe("tables that all halls share", () => {
  it("codes, regions and days are checked in one piece, loaded and taken back", async () => {
    const platform = { ...place, hall: undefined, staff: { role: "system_admin" } } as never as Place;
    expect(kindsFor(platform, t).map(({ kind }) => kind)).toEqual(expect.arrayContaining(["codes", "regions", "calendar"]));
    expect(kindsFor({ ...platform, staff: { role: "hall_admin" } } as never, t)).toEqual([]);
    const load = async (kind: string, text: string) => {
      const id = must(await createImport(db(), undefined, "token:1", { kind, fileName: "表.csv", sheet: must(await readUpload(bytes(text))), columns: await importColumns(kind, platform) }));
      await runImport(db(), id);
      return id;
    };
    const seen = async (id: number) => importFacts(db(), undefined, id);
    // A region below one of the same table.
    const id = await load("regions", "code,name,nameEn,level,parent\n998800000000,试省,Test,2,100000000000\n998801000000,试市,Test city,3,998800000000\n998802000000,错,Wrong,9,998800000000");
    expect((await seen(id)).found).toMatchObject({ new: 2, wrong: 1 });
    must(await startImport(db(), undefined, "token:1", id, "apply", true));
    await runImport(db(), id);
    expect((await seen(id)).outcomes.created).toBe(2);
    must(await startImport(db(), undefined, "token:1", id, "undo"));
    await runImport(db(), id);
    expect((await seen(id)).undos.removed).toBe(2);
    const day = await load("calendar", "date,kind,name,nameEn\n2031-01-01,holiday,元旦,New Year\n2031-02-30,holiday,没有,None");
    expect((await seen(day)).found).toMatchObject({ new: 1, wrong: 1 });
  });
});
