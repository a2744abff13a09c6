/** The outcome of a command: a value, or a refusal with a stable code that is shown in the user's language. */
export type Result<T, Code extends string = string> = { ok: true; value: T } | Refusal<Code>;

export interface Refusal<Code extends string = string> {
  ok: false;
  /** snake_case, stable; every code has a text in both languages under `refusals.<code>` */
  code: Code;
  /** Facts for the text and for programs, never personal data. */
  details: Record<string, unknown>;
  /** The input field that caused it, when there is one. */
  field?: string;
}

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = <Code extends string>(code: Code, details: Record<string, unknown> = {}, field?: string): Refusal<Code> =>
  field === undefined ? { ok: false, code, details } : { ok: false, code, details, field };
