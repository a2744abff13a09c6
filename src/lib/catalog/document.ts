/** The document of one version of an item's 实施清单 (GB/T 39046, domain.md 1.4): what citizens read and what clerks check. Pure. */
import { z } from "zod";

const line = (max: number) => z.string().trim().max(max).default("");
/** A text in both languages; English may be missing and falls back to Chinese. */
const words = (max: number) => z.object({ zh: line(max), en: line(max * 3) }).prefault({});
export type Words = z.output<ReturnType<typeof words>>;

/** A code of one of the `codes` tables; whether it exists is checked against the tables, never here. */
const code = z.string().trim().max(40).default("");
const key = z.string().trim().regex(/^[A-Za-z0-9_-]{1,40}$/);
/** Only addresses that a browser opens safely. */
const address = z.string().trim().max(500).refine((text) => text === "" || /^https?:\/\/[^\s"'<>]+$/.test(text), "not_an_address").default("");
const days = z.number().int().min(0).max(1_000).nullable().default(null);
const count = z.number().int().min(0).max(99).default(0);
const list = <S extends z.ZodType>(of: S, max: number) => z.array(of).max(max).default([]);
const keys = (max: number) => list(key, max);

const sample = z.object({ text: words(500), url: address }).prefault({});

const checkSchema = z.object({ text: words(500), basis: line(300) });

const materialSchema = z.object({
  code: key, name: words(200),
  /** Form of the material: `material_kind`. */
  kind: code,
  /** 主件: can never be supplied later. */
  main: z.boolean().default(true),
  /** 容缺: acceptance goes on without it, within so many working days. */
  tolerable: z.boolean().default(false), tolerableDays: days,
  required: z.boolean().default(true),
  /** 来源: `material_source`, and the body that issues it. */
  source: code, issuer: words(200),
  originals: count, copies: count,
  /** `trust_grade` (国办函〔2016〕108 号). */
  trust: code,
  note: words(500), sample, wrongSample: sample,
  checks: list(checkSchema, 50),
  /** Situations that need it; none named means all. */
  situations: keys(100),
});
export type Material = z.output<typeof materialSchema>;

const situationSchema = z.object({ code: key, name: words(200), aliases: line(200), note: words(1_000), conditions: words(2_000), promised: days });
export type Situation = z.output<typeof situationSchema>;

const answerSchema = z.object({ code: key, text: words(200), situations: keys(100) });
const questionSchema = z.object({ code: key, text: words(300), answers: list(answerSchema, 20) });
export type Question = z.output<typeof questionSchema>;

const fieldSchema = z.object({ code: key, name: words(100), kind: code, required: z.boolean().default(false), hint: words(300), options: line(1_000), situations: keys(100) });

export const documentSchema = z.object({
  legalBasis: list(z.object({ title: line(200), number: line(100), text: line(2_000), url: address }), 50),
  powerSource: code,
  implementer: z.object({ name: words(200), code: line(40), nature: code, entrusting: line(200) }).prefault({}),
  conditions: words(4_000), quantityLimit: words(500),
  steps: list(z.object({ name: words(100), text: words(1_000), days }), 30),
  /** Working days; 0 means while the applicant waits. */
  limits: z.object({ statutory: days, statutoryNote: words(500), promised: days, promisedNote: words(500) }).prefault({}),
  forms: list(z.string().trim().min(1).max(40), 20),
  visits: z.number().int().min(0).max(20).nullable().default(null),
  specialProcedures: list(z.object({ kind: code, text: words(500), days }), 20),
  charged: z.boolean().default(false),
  fees: list(z.object({ name: words(200), standard: words(500), basis: line(500) }), 50),
  result: z.object({ kind: code, name: words(200), sample }).prefault({}),
  place: words(500), hours: words(300), consult: words(500), complaint: words(500),
  onlineUrl: address, mobileUrl: address,
  notes: words(2_000),
  /** Said on purpose: this item needs no material at all. */
  noMaterials: z.boolean().default(false),
  situations: list(situationSchema, 100),
  questions: list(questionSchema, 50),
  materials: list(materialSchema, 200),
  fields: list(fieldSchema, 200),
});
export type ItemDocument = z.output<typeof documentSchema>;
export type DocumentInput = z.input<typeof documentSchema>;

/** The code table of each coded element, by its path without positions. */
export const CODED = {
  powerSource: "power_source", "implementer.nature": "subject_kind", forms: "handling_form", "specialProcedures.kind": "special_procedure", "result.kind": "result_kind",
  "materials.kind": "material_kind", "materials.source": "material_source", "materials.trust": "trust_grade", "fields.kind": "form_field_kind",
} as const satisfies Record<string, string>;

export const emptyDocument = (): ItemDocument => documentSchema.parse({});
