import { beforeAll, describe, expect, it } from "vitest";
import { changePassword, generatePassword, judgePassword, setPassword, signIn } from "@/lib/auth/commands";
import { accessChannel, principalOfSession } from "@/lib/auth/data";
import { sha256 } from "@/lib/kernel/ids";
import { resetPassword, saveStaff } from "@/lib/staff/commands";
import { act, db, later, must, refusal } from "../support/hall";

const PASSWORD = "Correct-Horse-9";
const clerk = async () => db().selectFrom("staff").selectAll().where("username", "=", "clerk1").executeTakeFirstOrThrow();
const enter = (password: string, address = "10.0.0.1", username = "clerk1") => signIn(db(), { username, password, address });

beforeAll(async () => {
  await setPassword(db(), (await clerk()).id, PASSWORD, false);
  accessChannel(true);
});

describe("sign-in", () => {
  it("no account has a password before one is given to it (ASVS 6.3.2)", async () => {
    const with1 = await db().selectFrom("staff").select("username").where("password_hash", "is not", null).execute();
    expect(with1.map((row) => row.username)).toEqual(["clerk1"]);
    expect(refusal(await enter("", "10.9.9.9", "admin"))).toBe("login_failed");
  });

  it("slows down after five failures from one address; the person signs in from elsewhere all the same (ASVS 6.3.1)", async () => {
    for (let i = 0; i < 5; i++) expect(refusal(await enter("wrong", "10.0.0.66"))).toBe("login_failed");
    await expect(enter(PASSWORD, "10.0.0.66")).rejects.toMatchObject({ status: 429, code: "too_many_requests" });
    expect((await enter(PASSWORD, "10.0.0.7")).ok).toBe(true);
  });

  it("an unknown name costs as much as a known one and answers the same (ASVS 6.3.8)", async () => {
    const time = async (username: string, address: string) => {
      const start = performance.now();
      expect(refusal(await enter("wrong", address, username))).toBe("login_failed");
      return performance.now() - start;
    };
    await time("nobody", "10.1.0.0");
    const known = [await time("clerk1", "10.1.0.1"), await time("clerk1", "10.1.0.2"), await time("clerk1", "10.1.0.3")].sort((a, b) => a - b)[1]!;
    const unknown = [await time("nobody", "10.1.0.4"), await time("nobody", "10.1.0.5"), await time("nobody", "10.1.0.6")].sort((a, b) => a - b)[1]!;
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it("stores only hashes: neither password nor session id is in the database", async () => {
    const { sessionId } = must(await enter(PASSWORD));
    const row = await db().selectFrom("staff_sessions").selectAll().where("id", "=", sha256(sessionId)).executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(sessionId);
    expect((await clerk()).password_hash).toMatch(/^\$argon2id\$/);
  });

  it("ends after 30 idle minutes, and after 12 hours whatever happens (ASVS 7.3)", async () => {
    const { sessionId } = must(await enter(PASSWORD));
    expect(await principalOfSession(sessionId)).toMatchObject({ username: "clerk1", role: "clerk" });
    for (let i = 0; i < 29; i++) {
      await later(25 * 60);
      accessChannel(true);
      const alive = await principalOfSession(sessionId);
      if (i < 28) expect(alive, `after ${(i + 1) * 25} minutes`).toBeDefined();
      else expect(alive).toBeUndefined();
    }
    const second = must(await enter(PASSWORD));
    await later(31 * 60);
    accessChannel(true);
    expect(await principalOfSession(second.sessionId)).toBeUndefined();
  });

  it("a disabled account and a changed role end the session at once (ASVS 7.4.2, 8.3.2)", async () => {
    const { sessionId } = must(await enter(PASSWORD));
    expect(await principalOfSession(sessionId)).toBeDefined();
    must(await act((ctx) => saveStaff(ctx, { username: "clerk1", name: "贺小满", role: "guide", department: undefined, window: undefined, active: undefined })));
    expect(await principalOfSession(sessionId)).toBeUndefined();
    const again = must(await enter(PASSWORD));
    must(await act((ctx) => saveStaff(ctx, { username: "clerk1", name: "贺小满", role: "guide", department: undefined, window: undefined, active: false })));
    expect(await principalOfSession(again.sessionId)).toBeUndefined();
    expect(refusal(await enter(PASSWORD, "10.0.0.20"))).toBe("login_failed");
    must(await act((ctx) => saveStaff(ctx, { username: "clerk1", name: "贺小满", role: "clerk", department: undefined, window: undefined, active: true })));
  });

  it("a reset gives a random first password that must be changed; the new one obeys the rules and is not an old one", async () => {
    const { id } = await clerk();
    const first = must(await act((ctx) => resetPassword(ctx, id)));
    const { sessionId } = must(await enter(first, "10.0.0.30"));
    expect((await principalOfSession(sessionId))!.mustChange).toBe(true);
    const change = (current: string, next: string) => changePassword(db(), id, sha256(sessionId), { current, next });
    expect(await change("wrong", "Another-Horse-9")).toMatchObject({ code: "password_wrong", field: "current" });
    expect(refusal(await change(first, "Short-9"))).toBe("password_too_short");
    expect(refusal(await change(first, "onlysmallletters"))).toBe("password_too_simple");
    expect(refusal(await change(first, "P@ssw0rd123456"))).toBe("password_common");
    expect(refusal(await change(first, PASSWORD))).toBe("password_reused");
    must(await change(first, "Another-Horse-9"));
    expect((await principalOfSession(sessionId))!.mustChange).toBe(false);
    expect(refusal(await enter(first, "10.0.0.31"))).toBe("login_failed");
  });

  it("generated passwords obey the rules and differ", () => {
    const made = new Set(Array.from({ length: 50 }, generatePassword));
    expect(made.size).toBe(50);
    for (const password of made) expect(judgePassword(password).ok).toBe(true);
  });
});
