import { z } from "@hono/zod-openapi";
import { consume } from "@/lib/auth/commands";
import type { DevicePrincipal } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { forbidden } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { countUsage, heartbeat, pair, reportFault, startPairing } from "@/lib/devices/commands";
import { deviceSelf } from "@/lib/devices/data";
import { deviceSelfSchema, faultInput, heartbeatInput, pairedSchema, pairingSchema, pairInput, startPairingInput, usageInput } from "@/lib/devices/schema";
import { type Api, type Call, route, valueOf } from "../http";

const none = new Response(null, { status: 204 });

/** Screens and kiosks: pairing, who am I, health, uses, faults. */
export function deviceRoutes(api: Api): void {
  route(api, "POST /devices/pairings", { summary: "A screen asks for a pairing code to show", body: startPairingInput, response: pairingSchema, status: 201 }, async ({ body, address }) => {
    await consume("pairing", address);
    return startPairing(body.kind);
  });
  route(api, "POST /devices/pair", { summary: "Take the device token, once the pairing is confirmed", body: pairInput, response: pairedSchema, status: 201 }, async ({ body, address }) => {
    // Guessing codes is limited; a screen that waits with its secret asks every few seconds for ten minutes.
    if (!body.secret) await consume("pairing", address);
    return valueOf(await pair(body));
  });
  route(api, "GET /devices/me", { summary: "The device itself", response: deviceSelfSchema }, async (call) => deviceSelf(deviceOf(call)));
  route(api, "POST /devices/me/heartbeat", { summary: "The device is alive", body: heartbeatInput, status: 204 }, async (call) => {
    await heartbeat(deviceOf(call), call.body);
    return none.clone();
  });
  route(api, "POST /devices/me/usage", { summary: "Count uses of a function", body: usageInput, status: 204 }, async (call) => {
    await countUsage(deviceOf(call), call.body.name, call.body.count);
    return none.clone();
  });
  route(api, "POST /devices/me/fault", { summary: "Report a fault", body: faultInput, response: z.object({ reported: z.literal(true) }) }, async (call) => {
    const device = deviceOf(call);
    const hall = await database().selectFrom("halls").select(["id", "code"]).where("id", "=", device.hallId).executeTakeFirstOrThrow();
    valueOf(await changeHall(database(), { ...call.request, hall }, (ctx) => reportFault(ctx, device, call.body)));
    return { reported: true as const };
  });
}

/** A token of role device that is not bound to a registered device can take numbers but is no device itself. */
function deviceOf({ who }: Call): DevicePrincipal {
  if (who.kind !== "device") throw forbidden("not_a_registered_device");
  return who;
}
