import { beforeAll, describe, expect, it } from "vitest";
import { accessChannel, principalOfToken } from "@/lib/auth/data";
import type { DevicePrincipal } from "@/lib/auth/model";
import { confirmPairing, countUsage, createPairing, heartbeat, pair, reportFault, revokeDevice, saveDevice, startPairing } from "@/lib/devices/commands";
import { deviceSelf } from "@/lib/devices/data";
import { act, db, demo, later, must, refusal } from "../support/hall";

const device = async (code: string) => (await db().selectFrom("devices").select("id").where("hall_id", "=", (await demo()).id).where("code", "=", code).executeTakeFirstOrThrow()).id;
beforeAll(() => accessChannel(true));

describe("devices", () => {
  it("[HN-6.5.3q] ticket machines and ID readers are device types, [HN-6.5.3d] and so are displays", async () => {
    const kinds = (await db().selectFrom("codes").select("code").where("table_name", "=", "device_kind").execute()).map((row) => row.code);
    expect(kinds).toEqual(expect.arrayContaining(["kiosk", "board", "id_reader"]));
    must(await act((ctx) => saveDevice(ctx, { code: "reader1", name: "身份证读卡器", nameEn: "ID card reader", kind: "id_reader", zone: "A", purpose: "取号核验", active: undefined })));
  });

  it("[JY-8.1.3] every screen has a purpose and a place", async () => {
    const screens = await db().selectFrom("devices").select(["code", "purpose", "zone_id"]).where("kind", "=", "board").execute();
    expect(screens.length).toBeGreaterThanOrEqual(6);
    for (const screen of screens) expect(screen.purpose && screen.zone_id, screen.code).toBeTruthy();
  });

  it("pairs by the code on the screen, only for the screen that has the secret, once, within ten minutes", async () => {
    const id = await device("kiosk1");
    const { code, secret } = await startPairing("kiosk");
    expect(refusal(await pair({ code, secret }))).toBe("pairing_pending");
    must(await act((ctx) => confirmPairing(ctx, code, id)));
    expect(refusal(await pair({ code, secret: "another screen" }))).toBe("pairing_not_found");
    expect(refusal(await pair({ code }))).toBe("pairing_not_found");
    const { deviceToken } = must(await pair({ code, secret }));
    const self = await deviceSelf((await principalOfToken(deviceToken)) as DevicePrincipal);
    expect(self).toMatchObject({ code: "kiosk1", hall: "demo", kind: "kiosk" });
    await later(61);
    expect(refusal(await pair({ code, secret }))).toBe("pairing_used");
    const late = await startPairing("kiosk");
    await later(601);
    expect(refusal(await act((ctx) => confirmPairing(ctx, late.code, id)))).toBe("pairing_not_found");
  });

  it("a code made by an administrator pairs once without a secret; a new pairing and a revocation end the former token", async () => {
    const id = await device("board1");
    const { code } = must(await act((ctx) => createPairing(ctx, id)));
    const first = must(await pair({ code }));
    expect(refusal(await pair({ code }))).toBe("pairing_used");
    const next = must(await act((ctx) => createPairing(ctx, id)));
    const second = must(await pair({ code: next.code }));
    expect(await principalOfToken(first.deviceToken)).toBeUndefined();
    must(await act((ctx) => revokeDevice(ctx, id)));
    expect(await principalOfToken(second.deviceToken)).toBeUndefined();
  });

  it("heartbeat, uses and faults of a device are kept", async () => {
    const id = await device("kiosk2");
    const { code } = must(await act((ctx) => createPairing(ctx, id)));
    const who = (await principalOfToken(must(await pair({ code })).deviceToken)) as DevicePrincipal;
    await heartbeat(who, { page: "start", paper: "low" });
    await countUsage(who, "ticket", 2);
    await countUsage(who, "ticket", 3);
    must(await act((ctx) => reportFault(ctx, who, { code: "paper_jam" }), who.actor));
    const row = await db().selectFrom("devices").select(["seen_at", "health"]).where("id", "=", id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ seen_at: expect.any(String), health: { paper: "low" } });
    expect(await db().selectFrom("device_usage").select("uses").where("device_id", "=", id).executeTakeFirstOrThrow()).toEqual({ uses: 5 });
    const fault = await db().selectFrom("events").select("data").where("type", "=", "device.fault").executeTakeFirstOrThrow();
    expect(fault.data).toEqual({ code: "paper_jam" });
  });
});
