/** What a form and its server action tell each other. Shared by browser and server; no code of either. */

/** What was typed, by field; several values for groups of boxes. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

export interface FormOption {
  value: string;
  label: string;
}

/** One control, with its texts ready to show. */
export interface FormField {
  name: string;
  kind: "text" | "longtext" | "number" | "choice" | "choices" | "flag" | "date" | "datetime" | "tags" | "secret";
  label: string;
  hint?: string;
  unit?: string;
  /** Heading of the part of the form that begins with this field. */
  group?: string;
  required?: boolean;
  /** Identifies the record: shown, not editable. */
  fixed?: boolean;
  wide?: boolean;
  maxLength?: number;
  min?: number;
  max?: number;
  step?: string;
  options?: readonly FormOption[];
  /** Native hint for on-screen keyboards and password managers. */
  autoComplete?: string;
}

/** Somebody else's newer version of the record that is being edited. */
export interface Latest {
  version: number;
  /** Fields that differ from what was typed, as text. */
  values: Readonly<Record<string, string>>;
}

/** Shown once and never again, e.g. a first password. */
export interface Reveal {
  title: string;
  text: string;
  value: string;
}

export interface FormState {
  /** Grows with every answer, so that the same answer twice is noticed. */
  turn: number;
  message?: string;
  errors: Readonly<Record<string, string>>;
  values?: FormValues;
  latest?: Latest;
  reveal?: Reveal;
}

export const NEW_FORM: FormState = { turn: 0, errors: {} };

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
