/** Something with a code that is shown by its name. */
export interface Named {
  code: string;
  name: string;
  nameEn: string;
}

export const nameIn = (locale: string, known: { name: string; nameEn: string }): string => (locale === "en" ? known.nameEn : known.name);

/** The number in a field, or what an empty one means. */
export const numberOr = <T>(text: string, otherwise: T): number | T => (text.trim() === "" || !Number.isFinite(Number(text)) ? otherwise : Number(text));
