/** From a layout template to the windows that a hall still lacks (BG-C03b, BG-C10d). Pure. */
import type { TemplatePost } from "../report/data";

export interface PlannedWindow {
  code: string; name: string; nameEn: string; kind: string;
}

/** Codes of windows are capitals, digits and hyphens; a zone without any gives W. */
const prefixOf = (zone: string): string => zone.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 8) || "W";

/** Missing windows of a template, kind by kind, with the next free codes of the zone (`A01`, `A02` …). */
export function planWindows(posts: readonly TemplatePost[], zone: string, taken: readonly string[]): PlannedWindow[] {
  const known = new Set(taken);
  const prefix = prefixOf(zone);
  let number = 0;
  const next = (): string => {
    let code: string;
    do code = `${prefix}${String(++number).padStart(2, "0")}`; while (known.has(code));
    return code;
  };
  return posts.flatMap((post) => Array.from({ length: Math.max(0, post.wanted - post.present) }, () => ({ code: next(), name: post.kindName, nameEn: post.kindNameEn, kind: post.kind })));
}
