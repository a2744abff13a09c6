import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCESS, type Entry, mayEnter } from "@/lib/auth/access";
import { ROLES, type Role } from "@/lib/auth/model";
import { createToken } from "@/lib/auth/commands";
import { savePlanPicture } from "@/lib/regions/plan/commands";
import { act, db, must } from "../support/hall";
import { send, type ServerProcess, startProcess, tokenFor } from "../support/server";

/**
 * Who may do what, written out a second time by hand: a letter for each role that may use the entry in its own hall.
 * p public · d device · g guide · k clerk · c chief · h hall_admin · r region_admin · s system_admin · x security_admin · a auditor
 */
const MATRIX: Record<string, string> = {
  "POST /halls/{hall}/tickets": "pdgkch",
  "GET /halls/{hall}/tickets": "gkchrsa",
  "POST /halls/{hall}/holds": "pdgkch",
  "POST /halls/{hall}/appointments": "pdgkch",
  "GET /halls/{hall}/appointments": "gkchrsa",
  "POST /halls/{hall}/check-in": "dgkch",
  "POST /halls/{hall}/tickets/{number}/return": "gkch",
  "POST /halls/{hall}/tickets/{number}/cancel": "gch",
  "POST /halls/{hall}/tickets/{number}/transfer": "gch",
  "POST /halls/{hall}/tickets/{number}/prioritise": "gch",
  "POST /halls/{hall}/tickets/{number}/undo": "gch",
  "GET /halls/{hall}/windows": "gkchrsa",
  "GET /halls/{hall}/windows/{window}": "kchrsa",
  ...Object.fromEntries(["open", "pause", "close", "call-next", "call", "recall", "start", "finish", "miss", "hold", "resume", "transfer", "undo"].map((step) => [`POST /halls/{hall}/windows/{window}/${step}`, "kch"])),
  "POST /halls/{hall}/windows/{window}/move": "hs",
  "POST /halls/{hall}/windows/{window}/restore": "hs",
  "GET /halls/{hall}/overview": "chrsa",
  "GET /halls/{hall}/day/preview": "hs",
  "POST /halls/{hall}/day/close": "h",
  "POST /halls/{hall}/items/import": "hrs",
  "GET /halls/{hall}/items/export": "hrs",
  "GET /halls/{hall}/events": "ahs",
};
const EVERYBODY = "pdgkchrsxa";
const OPEN = ["GET /health", "GET /openapi.json", "GET /docs", "GET /halls", "GET /halls/{hall}", "GET /halls/{hall}/items", "GET /items", "GET /items/{code}", "POST /halls/{hall}/items/{code}/reports", "GET /halls/{hall}/board", "GET /halls/{hall}/plan", "GET /halls/{hall}/plan/{floor}/picture", "GET /halls/{hall}/days", "GET /halls/{hall}/booking", "GET /halls/{hall}/slots", "POST /devices/pairings", "POST /devices/pair", "POST /halls/{hall}/messages/receipts"];
const LETTERS: Record<string, Role> = { p: "citizen", d: "device", g: "guide", k: "clerk", c: "chief", h: "hall_admin", r: "region_admin", s: "system_admin", x: "security_admin", a: "auditor" };
const BODY: Record<string, unknown> = { tickets: { line: "A", channel: "kiosk" }, call: { number: "A999", reason: "试一试" }, resume: { number: "A999" }, transfer: { line: "T" }, move: { own: ["A"], reason: "试一试" }, prioritise: { class: "normal", reason: "试一试" }, close: { seq: 0 } };

let server: ServerProcess;
const tokens = new Map<string, string | undefined>();

beforeAll(async () => {
  server = await startProcess();
  const png = Buffer.from("89504e470d0a1a0a0000", "hex");
  must(await act((ctx) => savePlanPicture(ctx, 1, png)));
  for (const [letter, role] of Object.entries(LETTERS)) {
    if (role === "citizen") tokens.set(letter, undefined);
    else if (["region_admin", "system_admin", "security_admin", "auditor"].includes(role)) tokens.set(letter, await createToken(db(), { role: role as never, ...(role === "region_admin" ? { region: "990100000000" } : {}) }));
    else tokens.set(letter, await tokenFor(role as never));
  }
});
afterAll(() => server.kill("SIGTERM"));

const reach = async (entry: string, hall: string, token: string | undefined) => {
  const [method, template] = entry.split(" ") as [string, string];
  const target = template.replace("{hall}", hall).replace("{window}", "A01").replace("{number}", "A999").replace("{code}", "990101001000").replace("{floor}", "1").replace("{token}", `1-${"x".repeat(22)}`);
  const body = method === "POST" ? (BODY[template.split("/").at(-1)!] ?? {}) : undefined;
  return (await send(server.origin, method, target, { ...(token ? { token } : {}), body })).status;
};

describe("access matrix", () => {
  it("every API route has a row here and in the table", () => {
    const api = Object.keys(ACCESS).filter((entry) => /^(GET|POST) /.test(entry));
    const covered = new Set([...Object.keys(MATRIX), ...OPEN, ...["GET /tickets/{token}", "POST /tickets/{token}/cancel", "POST /tickets/{token}/return", "POST /tickets/{token}/reminders"], ...api.filter((entry) => entry.includes("/appointments/{token}") || entry.includes("/devices/me") || entry.includes(" /me"))]);
    expect(api.filter((entry) => !covered.has(entry))).toEqual([]);
  });

  it("every route of the API description is in the table, and the table names no other", async () => {
    const { body } = await send(server.origin, "GET", "/openapi.json");
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([route, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${route.replace("/api/v1", "")}`)).sort();
    expect(described).toEqual(Object.keys(ACCESS).filter((entry) => /^(GET|POST) /.test(entry)).sort());
  });

  it("every page and server action has a row, and asks for itself who is there", () => {
    const files = readdirSync("src/app", { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name));
    const pages = files.filter((file) => /(page\.tsx|route\.ts)$/.test(file)).map((file) => `page /${path.relative("src/app", path.dirname(file)).split(path.sep).filter((part) => !/^\(.*\)$/.test(part)).join("/")}`);
    expect(pages.filter((page) => !(page in ACCESS))).toEqual([]);
    const actions = files.filter((file) => /\.tsx?$/.test(file)).map((file) => ({ file, text: readFileSync(file, "utf8") })).filter(({ text }) => /^"use server"/m.test(text));
    for (const { file, text } of actions) {
      for (const [, name] of text.matchAll(/^export async function (\w+)/gm)) {
        expect(Object.keys(ACCESS)).toContain(`action ${path.relative("src/app", file).replace(/\.tsx?$/, "")} ${name}`);
      }
      // Staff say who they are; visitors have a limit, a link or a session of their own.
      expect(text).toMatch(/placeForAction|staffForAction|stepOf/);
    }
    for (const page of files.filter((file) => /src\/app\/(admin|desk|guide)\/.*page\.tsx$|src\/app\/(admin|desk|guide)\/page\.tsx$/.test(file))) expect(readFileSync(page, "utf8"), page).toMatch(/openPlace|requireStaff/);
  });

  it.each(Object.keys(MATRIX))("%s: each role in its own hall, as written", async (entry) => {
    for (const letter of EVERYBODY) {
      const status = await reach(entry, "demo", tokens.get(letter));
      const allowed = MATRIX[entry]!.includes(letter);
      expect([401, 403].includes(status), `${LETTERS[letter]} → ${status}`).toBe(!allowed);
    }
  });

  it.each(Object.keys(MATRIX))("%s: nobody of one hall acts in another", async (entry) => {
    for (const letter of "dgkch") expect(await reach(entry, "demo2", tokens.get(letter)), LETTERS[letter]).toBe(403);
  });

  it("a region's administrator sees the region's halls and no other", () => {
    const who = { kind: "token", id: 1, role: "region_admin", actor: "token:1", region: "990100000000" } as const;
    expect(mayEnter("GET /halls/{hall}/overview", who, { hallId: 1, region: "990121000000" })).toBe(true);
    expect(mayEnter("GET /halls/{hall}/overview", who, { hallId: 1, region: "990200000000" })).toBe(false);
  });

  it("a clerk's token bound to a window works at that window only", async () => {
    const bound = await tokenFor("clerk", "demo", "A02");
    expect((await send(server.origin, "POST", "/halls/demo/windows/A02/open", { token: bound })).status).toBe(200);
    expect((await send(server.origin, "POST", "/halls/demo/windows/A03/open", { token: bound })).status).toBe(403);
  });

  it("an unknown token is nobody, not the public", async () => {
    expect((await send(server.origin, "GET", "/halls", { token: "yt_unknown" })).status).toBe(401);
  });

  it("public entries answer everybody", async () => {
    for (const entry of OPEN.filter((each) => each.startsWith("GET"))) expect(await reach(entry, "demo", undefined), entry).toBe(200);
  });

  it("the table knows only existing roles", () => {
    for (const entry of Object.keys(ACCESS) as Entry[]) {
      const { roles } = ACCESS[entry];
      if (roles !== "all") for (const role of roles) expect(ROLES).toContain(role);
    }
  });
});
