import type { Narrowed } from "@/lib/catalog/guide/model";

/** Answers of a visitor in the address: `q-<question>=<answer>`; a page without scripts needs no more. */
export type Answers = Readonly<Record<string, string>>;

export const answersOf = (params: Readonly<Record<string, string | string[] | undefined>>): Answers =>
  Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (name.startsWith("q-") && typeof value === "string" ? [[name.slice(2), value]] : [])));

export const answersQuery = (answers: Answers): string => {
  const query = new URLSearchParams(Object.entries(answers).map(([question, answer]) => [`q-${question}`, answer])).toString();
  return query ? `?${query}` : "";
};

/** The answers before the given one: changing an answer asks again what came after it. */
export const answersBefore = ({ answered }: Narrowed, question: string): Answers =>
  Object.fromEntries(answered.slice(0, answered.findIndex((each) => each.question.code === question)).map((each) => [each.question.code, each.answer.code]));
