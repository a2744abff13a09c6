import { z } from "zod";

/** Rows of one request: a chunk under the hall's lock. */
export const MOST_ROWS = 200;

const value = z.union([z.string().max(4_000), z.number(), z.boolean(), z.array(z.union([z.string().max(200), z.number()])).max(50), z.null()]);

/** `POST /halls/{hall}/items/import`: items under the field names of another system, by default those of GB/T 39046. */
export const nationalImportInput = z.object({ system: z.string().regex(/^[a-z0-9-]{1,40}$/).default("gbt39046"), items: z.array(z.record(z.string().max(64), value)).min(1).max(MOST_ROWS) });
export type NationalImportInput = z.output<typeof nationalImportInput>;
export type NationalRecord = NationalImportInput["items"][number];

export const nationalReportSchema = z.object({
  rows: z.array(z.object({
    /** Place in the request, from 0. */
    index: z.number().int(), code: z.string(), outcome: z.enum(["created", "changed", "same", "refused"]),
    /** `field` is the other system's name where it has one. */
    errors: z.array(z.object({ field: z.string(), code: z.string(), value: z.string().optional() })),
  })),
});
export type NationalReport = z.infer<typeof nationalReportSchema>;

/** `GET /halls/{hall}/items/export`: the same form, page by page. */
export const nationalExportQuery = z.object({ system: z.string().regex(/^[a-z0-9-]{1,40}$/).default("gbt39046"), cursor: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(MOST_ROWS) });
export const nationalExportSchema = z.object({ system: z.string(), items: z.array(z.record(z.string(), z.string())), nextCursor: z.string().optional() });
export type NationalExport = z.infer<typeof nationalExportSchema>;
