import { z } from "zod";
import { codeInput, flag, nameInput, optionalText } from "@/lib/kernel/input";

export const DEVICE_ROLES = ["kiosk", "board", "guide", "desk", "terminal", "window_screen"] as const;

/** `POST /devices/pairings` `{kind}`: a screen asks for a code and shows it until an administrator pairs it. */
export const startPairingInput = z.object({ kind: z.string().regex(/^[a-z_]{1,32}$/) });
export const pairingSchema = z.object({ code: z.string(), secret: z.string(), expiresAt: z.string() });
export type Pairing = z.infer<typeof pairingSchema>;

/** `POST /devices/pair`: 201 when confirmed, 409 `pairing_pending` before; a code that an administrator made needs no secret. */
export const pairInput = z.object({ code: z.string().trim().min(4).max(16), secret: z.string().max(64).optional() });
export const pairedSchema = z.object({ deviceToken: z.string(), device: z.string(), hall: z.string(), kind: z.string() });

/** `GET /devices/me` */
export const deviceSelfSchema = z.object({
  code: z.string(), name: z.string(), nameEn: z.string(), kind: z.string(), hall: z.string(), hallName: z.string(), hallNameEn: z.string(),
  zone: z.string().optional(), zoneName: z.string().optional(), zoneNameEn: z.string().optional(), floor: z.number().int().optional(), voice: z.enum(["silent", "speak"]),
});
export type DeviceSelf = z.infer<typeof deviceSelfSchema>;

export const heartbeatInput = z.object({ seq: z.number().int().optional(), page: z.string().max(40).optional(), paper: z.enum(["ok", "low", "out"]).optional(), version: z.string().max(40).optional() }).strict();
export const usageInput = z.object({ name: z.string().regex(/^[a-z_]{1,40}$/), count: z.number().int().min(1).max(1000).default(1) });
export const faultInput = z.object({ code: z.string().regex(/^[a-z_]{1,40}$/), text: z.string().max(200).optional() });

export const deviceInput = z.object({ code: z.string().trim().regex(/^[a-z0-9][a-z0-9-]{0,31}$/), name: nameInput, nameEn: nameInput, kind: codeInput, zone: optionalText, purpose: z.string().trim().max(200).default(""), active: flag });
export type DeviceInput = z.output<typeof deviceInput>;
