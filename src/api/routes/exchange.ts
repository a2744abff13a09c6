import { database } from "@/lib/db/database";
import { importNational } from "@/lib/exchange/national/commands";
import { exportNational } from "@/lib/exchange/national/data";
import { nationalExportQuery, nationalExportSchema, nationalImportInput, nationalReportSchema } from "@/lib/exchange/national/schema";
import { changeHall } from "@/lib/ledger/commands";
import { type Api, route, valueOf } from "../http";

/** Items to and from the platform above, under its own field names. */
export function exchangeRoutes(api: Api): void {
  route(api, "POST /halls/{hall}/items/import", { summary: "Items under the field names of another system, GB/T 39046 by default; an answer per row", body: nationalImportInput, response: nationalReportSchema },
    async ({ body, request }) => valueOf(await changeHall(database(), request, (ctx) => importNational(ctx, body))));
  route(api, "GET /halls/{hall}/items/export", { summary: "All items in the same form, page by page", query: nationalExportQuery, response: nationalExportSchema },
    async ({ hall, query }) => exportNational(database(), hall.id, query));
}
