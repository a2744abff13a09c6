import { describe, expect, it } from "vitest";
import { contactOf, copyContact, enqueueMessage, setContact } from "@/lib/notify/commands";
import { ok } from "@/lib/kernel/result";
import { act, db, must } from "../support/hall";

const PHONE = "13812345678";
const BOOKED = { name: "王小明", number: "Y0001", time: "11月24日 09:30", place: { zh: "一楼 A 区", en: "Zone A, floor 1" }, item: "社保卡申领", action: "扫码取号", link: "https://hall.example/b/1" };

describe("outbox", () => {
  it("a message is written with the change that it tells of, once per key, and nothing of the person can be read in the database", async () => {
    const ids = must(await act(async (ctx) => {
      await setContact(ctx, "appointment:1", { phone: PHONE, locale: "zh" });
      await copyContact(ctx, "appointment:1", "ticket:1");
      expect(await contactOf(ctx, "ticket:1")).toEqual({ phone: PHONE, locale: "zh" });
      const first = await enqueueMessage(ctx, { kind: "booking_confirmed", subject: "appointment:1", data: BOOKED });
      const again = await enqueueMessage(ctx, { kind: "booking_confirmed", subject: "appointment:1", data: BOOKED });
      return ok([first, again, await enqueueMessage(ctx, { kind: "booking_reminder", subject: "appointment:2", data: BOOKED })]);
    }));
    expect(ids).toEqual([expect.any(Number), undefined, undefined]);
    const stored = JSON.stringify([await db().selectFrom("messages").selectAll().execute(), await db().selectFrom("message_contacts").selectAll().execute(), await db().selectFrom("message_recipients").selectAll().execute()]);
    for (const text of [PHONE, "王小明", "社保卡", "Y0001"]) expect(stored).not.toContain(text);
    expect(stored).toContain("138****5678");
  });
});
