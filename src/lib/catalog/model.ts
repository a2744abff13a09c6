import { pinyin } from "pinyin-pro";

/** Pinyin of a Chinese text: in full and as initials, lower case, without tones or blanks. */
export function pinyinOf(text: string): { full: string; initials: string } {
  const options = { toneType: "none", type: "array", nonZh: "consecutive" } as const;
  const letters = (parts: string[]) => parts.join("").toLowerCase().replace(/[^a-z0-9]/g, "");
  return { full: letters(pinyin(text, options)), initials: letters(pinyin(text, { ...options, pattern: "first" })) };
}

/** What a search for an item matches: name in both languages, colloquial names, names of situations, pinyin in full and initials. */
export function searchText(item: { name: string; nameEn: string; aliases: readonly string[]; situations?: readonly string[] }): string {
  const names = [item.name, ...item.aliases];
  const spoken = names.flatMap((name) => Object.values(pinyinOf(name)));
  return [...names, item.nameEn, ...spoken, ...(item.situations ?? [])].join("\n").toLowerCase();
}

const HAN = /\p{Script=Han}+/gu;
/** Sounds that many speakers and typists do not keep apart. */
const alike = (syllable: string): string => syllable.replace(/^(z|c|s)h/, "$1").replace(/^n(?=[aeiouv])/, "l").replace(/ng$/, "n");

/**
 * Pairs of neighbouring characters, and of syllables as they sound, of the Chinese parts of a text. A text with a wrong,
 * missing or confused character still shares most of its pairs with the right one.
 */
export function gramsOf(texts: readonly string[]): string[] {
  const pairs = new Set<string>();
  for (const [run] of texts.flatMap((text) => [...text.matchAll(HAN)])) {
    const characters = [...run];
    const syllables = pinyin(run, { toneType: "none", type: "array" }).map(alike);
    for (let at = 1; at < characters.length; at++) {
      pairs.add(`${characters[at - 1]}${characters[at]}`);
      pairs.add(`${syllables[at - 1]} ${syllables[at]}`);
    }
  }
  return [...pairs];
}

/** Which code table says more about an item of a category; utilities and value-added services must say it (JY-7.1.4, JY-7.1.5). */
export const CATEGORY_TABLES: Readonly<Record<string, { table: string; needed: boolean }>> = {
  public: { table: "public_field", needed: false }, utility: { table: "utility_line", needed: true }, value_added: { table: "value_kind", needed: true },
};

/** Category of a new item whose table does not say it: 行政权力 by its kind, everything else a public service (HN-7.2.1). */
export const categoryOfKind = (kind: string): string => (["20", "31", "32"].includes(kind) ? "public" : "power");

/** 行使层级 of a hall's own items, by the kind of hall. */
export const LEVEL_OF_HALL: Readonly<Record<string, string>> = { province: "2", city: "3", county: "4", park: "4", town: "5", village: "6" };
