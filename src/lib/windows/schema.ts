import { z } from "zod";
import { clearable, codeInput, flag, listInput, nameInput, optionalList, optionalText, sortInput } from "@/lib/kernel/input";

const codes = optionalList(/[\s|]+/);
/** "事项编码=权限 权限", one item each: powers that differ from the window's own. */
const itemPowers = optionalList("|").transform((entries, ctx) => {
  const parsed = entries?.map((entry) => /^(\S+)\s*[=＝]\s*(\S.*)$/.exec(entry));
  if (parsed?.some((match) => !match)) ctx.addIssue({ code: "custom", message: "format_item_powers" });
  return parsed?.flatMap((match) => (match ? [{ item: match[1]!, powers: match[2]!.split(/[\s,，、]+/).filter(Boolean) }] : []));
});
const centimetres = clearable(z.coerce.number().int().min(1).max(500));

/** What a window is beside its place and lines. What is absent stays as it is, so that a short table can be imported. */
const windowDetails = {
  /** Further kinds: one window may hold several (BG-C02d). */
  moreKinds: codes,
  /** Codes `window_breadth`: 无差别, 分领域 or 专业 (JY-6.1b). */
  breadth: codeInput.optional(),
  field: clearable(codeInput),
  /** Government level that it serves, where a hall serves several (JY-5.2.3). */
  level: clearable(codeInput),
  staffing: codeInput.optional(), postKind: codeInput.optional(), assistants: z.coerce.number().int().min(0).max(20).optional(),
  honours: codes, icon: z.string().trim().max(40).optional(), skills: optionalList("|"), powers: codes, itemPowers, office: z.string().trim().max(100).optional(),
  partnerRegions: codes, remote: flag,
  /** Checked on the spot (HN-5.4.3i, HN-5.4.3j). */
  oneMetreLine: clearable(flag), deskHeightCm: centimetres, deskWidthCm: centimetres,
};

/** `own` lines are served first, `helping` ones while nobody waits in the own, `tidal` ones at the peak that the policy names. */
export const windowInput = z.object({
  code: z.string().trim().regex(/^[A-Z0-9][A-Z0-9-]{0,15}$/), name: nameInput, nameEn: nameInput, zone: codeInput, kind: codeInput,
  own: listInput(/[\s|]+/), helping: listInput(/[\s|]+/), tidal: codes, department: optionalText, sort: sortInput, active: flag, ...windowDetails,
}).refine(({ own, helping, tidal = [] }) => new Set([...own, ...helping, ...tidal]).size === own.length + helping.length + tidal.length, { message: "line_twice", path: ["helping"] });
export type WindowInput = z.output<typeof windowInput>;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A span of a window's own week; `bookedOnly` opens only when somebody has booked (BG-C02e). */
export const windowOpeningInput = z.object({ weekday: z.coerce.number().int().min(1).max(7), start: time, end: time, bookedOnly: z.boolean().default(false) })
  .refine((row) => row.start < row.end, { message: "end_before_start", path: ["end"] });
export type WindowOpeningInput = z.output<typeof windowOpeningInput>;

/** Tidal change of a window: the lines that it serves for now, and why (JY-6.3a). */
export const moveInput = z.object({ own: z.array(z.string().max(4)).min(1).max(60), helping: z.array(z.string().max(4)).max(60).default([]), reason: z.string().trim().min(1).max(200) })
  .refine(({ own, helping }) => new Set([...own, ...helping]).size === own.length + helping.length, { message: "line_twice", path: ["helping"] });
export type MoveInput = z.output<typeof moveInput>;
