/** What a guide still lacks before it may be published. Elements that a standard demands (应) block, all others warn. Pure. */
import type { ItemDocument } from "../document";
import { codesOf } from "./compare";
import { narrow } from "./model";

export interface Finding {
  level: "error" | "warning";
  /** Text: `admin.guides.findings.<code>`. */
  code: string;
  /** Where, as keys and positions joined by dots; the first key names the part of the editor. */
  path: string;
  /** What is meant, when the place alone does not say it. */
  value?: string;
}

/** What the item's own record says about the same matters. */
export interface ItemFacts {
  kind: string;
  category: string;
  promisedDays: number;
  channels: readonly string[];
}

export interface CheckOptions {
  item: ItemFacts;
  /** Is this code in this code table? */
  known: (table: string, code: string) => boolean;
}

/** Handling forms that a channel of the item needs, so that hall and network say the same (JY-7.2.1c). */
export const FORM_OF_CHANNEL: Readonly<Record<string, string>> = { window: "1", web: "2", mobile: "3" };

/** All findings, errors first. Publishing is refused while there is an error (GD-5.3.1, JY-7.2.1c, GB/T 39046). */
export function checkDocument(document: ItemDocument, { item, known }: CheckOptions): Finding[] {
  const found: Finding[] = [];
  const error = (code: string, path: string, value?: string) => found.push({ level: "error", code, path, ...(value === undefined ? {} : { value }) });
  const warn = (code: string, path: string, value?: string) => found.push({ level: "warning", code, path, ...(value === undefined ? {} : { value }) });
  const rules: readonly Rule[] = [required, advised, materials, situations, limits, fees];
  for (const rule of rules) rule(document, item, error, warn);
  for (const { path, table, code } of codesOf(document)) if (!known(table, code)) error("code_unknown", path, code);
  return [...found.filter(({ level }) => level === "error"), ...found.filter(({ level }) => level === "warning")];
}

type Note = (code: string, path: string, value?: string) => void;
type Rule = (document: ItemDocument, item: ItemFacts, error: Note, warn: Note) => void;

const required: Rule = (document, { category }, error) => {
  for (const path of ["conditions", "place", "hours", "consult", "complaint"] as const) if (document[path].zh === "") error("missing", path);
  if (document.implementer.name.zh === "") error("missing", "implementer.name");
  if (document.implementer.nature === "") error("missing", "implementer.nature");
  if (document.steps.length === 0) error("missing", "steps");
  document.steps.forEach((step, index) => { if (step.name.zh === "") error("missing", `steps.${index}.name`); });
  if (document.forms.length === 0) error("missing", "forms");
  // Only administrative powers stand on a law of their own; a service may rest on a plan or a contract.
  if (category === "power" && document.legalBasis.length === 0) error("missing", "legalBasis");
  document.legalBasis.forEach((basis, index) => { if (basis.title === "") error("missing", `legalBasis.${index}.title`); });
};

const advised: Rule = (document, { channels, category }, _error, warn) => {
  if (category === "power" && document.powerSource === "") warn("advised", "powerSource");
  if (document.visits === null) warn("advised", "visits");
  if (document.result.name.zh === "") warn("advised", "result.name");
  for (const path of ["conditions", "place", "hours"] as const) if (document[path].zh !== "" && document[path].en === "") warn("english", path);
  for (const channel of channels) {
    const form = FORM_OF_CHANNEL[channel];
    if (form && !document.forms.includes(form)) warn("channel_without_form", "forms", channel);
  }
  for (const [channel, form] of Object.entries(FORM_OF_CHANNEL)) if (document.forms.includes(form) && !channels.includes(channel)) warn("form_without_channel", "forms", channel);
  if (document.forms.includes("2") && document.onlineUrl === "") warn("advised", "onlineUrl");
  if (document.forms.includes("3") && document.mobileUrl === "") warn("advised", "mobileUrl");
};

const materials: Rule = (document, _item, error, warn) => {
  if (document.materials.length === 0 && !document.noMaterials) error("materials_or_none", "materials");
  if (document.materials.length > 0 && document.noMaterials) error("materials_and_none", "noMaterials");
  repeated(document.materials).forEach((code) => error("code_twice", "materials", code));
  const known = new Set(document.situations.map(({ code }) => code));
  document.materials.forEach((material, index) => {
    const path = `materials.${index}`;
    if (material.name.zh === "") error("missing", `${path}.name`);
    if (material.main && material.tolerable) error("main_tolerable", `${path}.tolerable`, material.name.zh);
    if (material.tolerable && material.tolerableDays === null) error("missing", `${path}.tolerableDays`);
    if (material.originals + material.copies === 0 && material.kind !== "electronic") warn("no_copies", `${path}.originals`, material.name.zh);
    if (material.source === "" && material.issuer.zh === "") warn("advised", `${path}.source`);
    if (material.checks.length === 0) warn("no_checks", `${path}.checks`, material.name.zh);
    for (const code of material.situations) if (!known.has(code)) error("situation_unknown", `${path}.situations`, code);
  });
};

const situations: Rule = (document, _item, error, warn) => {
  repeated(document.situations).forEach((code) => error("code_twice", "situations", code));
  repeated(document.questions).forEach((code) => error("code_twice", "questions", code));
  repeated(document.fields).forEach((code) => error("code_twice", "fields", code));
  const known = new Set(document.situations.map(({ code }) => code));
  document.situations.forEach((situation, index) => { if (situation.name.zh === "") error("missing", `situations.${index}.name`); });
  document.questions.forEach((question, index) => {
    if (question.text.zh === "") error("missing", `questions.${index}.text`);
    if (question.answers.length < 2) error("few_answers", `questions.${index}.answers`);
    question.answers.forEach((answer, at) => {
      if (answer.text.zh === "") error("missing", `questions.${index}.answers.${at}.text`);
      for (const code of answer.situations) if (!known.has(code)) error("situation_unknown", `questions.${index}.answers.${at}.situations`, code);
    });
  });
  document.fields.forEach((field, index) => {
    if (field.name.zh === "") error("missing", `fields.${index}.name`);
    for (const code of field.situations) if (!known.has(code)) error("situation_unknown", `fields.${index}.situations`, code);
  });
  document.situations.forEach((situation, index) => {
    if (document.materials.length > 0 && !document.materials.some((material) => material.situations.length === 0 || material.situations.includes(situation.code))) warn("situation_without_material", `situations.${index}`, situation.name.zh);
    if (!reachable(document, situation.code)) error("situation_unreachable", `situations.${index}`, situation.name.zh);
  });
};

/** Do some answers lead to this situation alone? */
function reachable(document: ItemDocument, wanted: string): boolean {
  const answers: Record<string, string> = {};
  for (;;) {
    const { open, situations: left } = narrow(document, answers);
    if (!open) return left.length === 1 && left[0]!.code === wanted;
    const answer = open.answers.find((each) => each.situations.includes(wanted));
    if (!answer) return false;
    answers[open.code] = answer.code;
  }
}

const limits: Rule = (document, { promisedDays }, error, warn) => {
  const { statutory, promised } = document.limits;
  if (promised === null) return error("missing", "limits.promised");
  if (statutory === null) warn("advised", "limits.statutory");
  else if (promised > statutory) error("promised_above_statutory", "limits.promised");
  document.situations.forEach((situation, index) => { if (statutory !== null && (situation.promised ?? 0) > statutory) error("promised_above_statutory", `situations.${index}.promised`); });
  if (promised !== promisedDays) warn("promised_differs", "limits.promised", String(promisedDays));
};

const fees: Rule = (document, _item, error) => {
  if (document.charged && document.fees.length === 0) error("missing", "fees");
  document.fees.forEach((fee, index) => {
    if (fee.name.zh === "") error("missing", `fees.${index}.name`);
    if (document.charged && fee.standard.zh === "") error("missing", `fees.${index}.standard`);
    if (document.charged && fee.basis === "") error("missing", `fees.${index}.basis`);
  });
};

const repeated = (entries: readonly { code: string }[]): string[] =>
  [...new Set(entries.map(({ code }) => code).filter((code, index, all) => all.indexOf(code) !== index))];
