/**
 * The shell of the call board. Not a React page: a wall screen runs for weeks and needs one small script. Nothing inline,
 * so the strict content security policy needs no exception.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { htmlLang, toLocale } from "@/lib/i18n/locale";
import en from "@/messages/en/board.json";
import zh from "@/messages/zh/board.json";

export const dynamic = "force-dynamic";

const SCRIPT = path.join(process.cwd(), "public", "board.js");
let known = { changed: 0, build: "" };

/** Names the built script, so that a running board notices an update and no cache serves an old one. */
async function currentBuild(): Promise<string> {
  try {
    const { mtimeMs } = await stat(SCRIPT);
    if (mtimeMs !== known.changed) known = { changed: mtimeMs, build: createHash("sha256").update(await readFile(SCRIPT)).digest("hex").slice(0, 12) };
    return known.build;
  } catch {
    return "none";
  }
}

export async function GET(request: Request): Promise<Response> {
  const locale = toLocale(new URL(request.url).searchParams.get("lang"));
  const texts = { zh, en }[locale];
  const build = await currentBuild();
  const html = `<!doctype html>
<html lang="${htmlLang(locale)}" data-build="${build}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#0a1320">
<title>${texts.title} · 一厅</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/board.css?v=${build}">
<script type="module" src="/board.js?v=${build}"></script>
</head>
<body><div id="board"><main class="message"><h1>${texts.connecting}</h1></main></div></body>
</html>
`;
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } });
}
