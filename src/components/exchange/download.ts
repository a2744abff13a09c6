import type { Download, Format } from "@/lib/exchange/write";

/** A table as an answer to save; `name` may be Chinese, `plain` is for clients that cannot read it. */
export const downloadResponse = ({ body, type }: Download, format: Format, name: string, plain: string): Response =>
  new Response(body, { headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${plain}.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`, "Cache-Control": "no-store" } });

export const formatOf = (value: string | undefined): Format => (value === "xlsx" ? "xlsx" : "csv");
