/** What a guide says to one visitor: the situation by questions, the exact materials, the one-time notice. Pure. */
import type { ItemDocument, Material, Question, Situation, Words } from "../document";

/** Name of the last question, when the written ones leave several situations: which of these is yours? */
export const CHOOSE = "situation";

export interface Narrowed {
  /** Situations that the answers leave. */
  situations: readonly Situation[];
  answered: readonly { question: Question; answer: Question["answers"][number] }[];
  /** What must be asked next, with the answers that are still possible; its text is empty for `CHOOSE`. */
  open?: Question;
}

/**
 * Follows the answers through the questions (BG-C03a): a question is asked only while it still tells the remaining
 * situations apart, so that the list of questions works as a tree.
 */
export function narrow(document: ItemDocument, answers: Readonly<Record<string, string | undefined>>): Narrowed {
  let situations: readonly Situation[] = document.situations;
  const answered: { question: Question; answer: Question["answers"][number] }[] = [];
  const own = document.situations.map(({ code, name }) => ({ code, text: name, situations: [code] }));
  for (const question of [...document.questions, { code: CHOOSE, text: { zh: "", en: "" }, answers: own }]) {
    const fits = (answer: Question["answers"][number]) => situations.filter((situation) => answer.situations.includes(situation.code)).length;
    const possible = question.answers.filter((answer) => fits(answer) > 0);
    if (possible.length < 2 || possible.every((answer) => fits(answer) === situations.length)) continue;
    const answer = possible.find((each) => each.code === answers[question.code]);
    if (!answer) return { situations, answered, open: { ...question, answers: possible } };
    answered.push({ question, answer });
    situations = situations.filter((situation) => answer.situations.includes(situation.code));
  }
  return { situations, answered };
}

/** Materials of one situation; of an item without situations, all. */
export const materialsOf = (document: ItemDocument, situation: Situation | undefined): Material[] =>
  document.materials.filter((material) => material.situations.length === 0 || (situation !== undefined && material.situations.includes(situation.code)));

export const fieldsOf = (document: ItemDocument, situation: Situation | undefined): ItemDocument["fields"] =>
  document.fields.filter((field) => field.situations.length === 0 || (situation !== undefined && field.situations.includes(situation.code)));

export interface Notice {
  materials: Material[];
  conditions: Words[];
  steps: ItemDocument["steps"];
  limits: { statutory: number | null; promised: number | null; note: Words };
  fees: { charged: boolean; entries: ItemDocument["fees"] };
}

/** The five parts of the one-time notice (GD-5.3.1): materials, conditions, procedure, limits, fees. */
export function noticeOf(document: ItemDocument, situation: Situation | undefined): Notice {
  const { statutory, promised, promisedNote } = document.limits;
  return {
    materials: materialsOf(document, situation),
    conditions: [document.conditions, ...(situation ? [situation.conditions] : [])].filter((words) => words.zh !== ""),
    steps: document.steps,
    limits: { statutory, promised: situation?.promised ?? promised, note: promisedNote },
    fees: { charged: document.charged, entries: document.charged ? document.fees : [] },
  };
}

/** Figures of a document that lists and reports show. */
export const countsOf = (document: ItemDocument): { situations: number; materials: number; checks: number; fields: number } => ({
  situations: document.situations.length, materials: document.materials.length, fields: document.fields.length,
  checks: document.materials.reduce((sum, material) => sum + material.checks.length, 0),
});

/** Names of situations in everyday words, for the search of the item. */
export const situationNames = (document: Pick<ItemDocument, "situations">): string[] =>
  document.situations.flatMap(({ name, aliases }) => [name.zh, name.en, ...aliases.split(/[、，,;；|\s]+/)]).filter(Boolean);
