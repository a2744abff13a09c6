import { pinyin } from "pinyin-pro";

/** Pinyin of a Chinese text: in full and as initials, lower case, without tones or blanks. */
export function pinyinOf(text: string): { full: string; initials: string } {
  const options = { toneType: "none", type: "array", nonZh: "consecutive" } as const;
  const letters = (parts: string[]) => parts.join("").toLowerCase().replace(/[^a-z0-9]/g, "");
  return { full: letters(pinyin(text, options)), initials: letters(pinyin(text, { ...options, pattern: "first" })) };
}

/** What a search for an item matches: name in both languages, colloquial names, pinyin in full and initials. */
export function searchText(item: { name: string; nameEn: string; aliases: readonly string[] }): string {
  const names = [item.name, ...item.aliases];
  const spoken = names.flatMap((name) => Object.values(pinyinOf(name)));
  return [...names, item.nameEn, ...spoken].join("\n").toLowerCase();
}
