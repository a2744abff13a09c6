/** What a visitor types about who comes. Pure, and small enough for every phone. */

import type { StepState } from "@/components/citizen/visitor";

export const WHO_FIELDS = ["relation", "name", "phone", "idNumber", "bookerName", "bookerPhone", "class", "address", "note"] as const;
export type WhoField = (typeof WHO_FIELDS)[number];
export type WhoValues = Record<WhoField, string> & { needs: string[] };

export interface WhoState extends StepState {
  phase: "fill" | "check";
  values: WhoValues;
  errors: { field: string; text: string }[];
  /** The chosen time is gone: another one has to be chosen. */
  gone?: boolean;
}

export const NOBODY: WhoValues = { relation: "self", name: "", phone: "", idNumber: "", bookerName: "", bookerPhone: "", class: "normal", address: "", note: "", needs: [] };

export const valuesOf = (form: FormData): WhoValues => ({
  ...(Object.fromEntries(WHO_FIELDS.map((field) => [field, String(form.get(field) ?? NOBODY[field]).trim().slice(0, 200)])) as Record<WhoField, string>),
  needs: form.getAll("needs").map(String).slice(0, 10),
});

/** What was chosen before: the seat that is kept, and what it was chosen for in case it is not kept any more. */
export interface Chosen {
  hold: string;
  items: string[];
  start: string;
  kind: string;
  party: number;
}
