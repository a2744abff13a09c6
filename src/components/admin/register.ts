/** What a register of the administration is: one declaration gives its list, filters, export and form. */
import { z } from "zod";
import type { Tone } from "@/components/ui/state";
import { HALL_ROLES, type StaffPrincipal, type StaffRole } from "@/lib/auth/model";
import { type Database, database } from "@/lib/db/database";
import type { List, ListQuery } from "@/lib/db/list";
import type { Locale } from "@/lib/i18n/locale";
import type { Tx } from "@/lib/db/transaction";
import { refuse, type Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";
import type { Reveal } from "@/components/form/form-state";
import type { Place } from "./place";

/** A reference or code that can be chosen. */
export interface Choice {
  code: string;
  name: string;
  nameEn: string;
  active?: boolean;
}

export type Choices =
  /** A code list of the database. */
  | { codes: string }
  /** Records of another register; `coded` shows the code before the name. */
  | { from: (db: Database, place: Place) => Promise<readonly Choice[]>; coded?: boolean }
  /** States of the program; texts under `admin.values.<label>`. */
  | { values: readonly string[]; tones?: Readonly<Record<string, Tone>>; /** Those that this person may choose; default all. */ offer?: (place: Place) => readonly string[]; /** Their text, when another page has it already. */ text?: (locale: Locale, value: string) => string };

export interface Attribute<Key extends string = string> {
  key: Key;
  kind: "text" | "longtext" | "number" | "choice" | "choices" | "flag" | "date" | "datetime" | "tags" | "secret";
  /** Its texts: `admin.fields.<label>`, `admin.hints.<hint>`, `admin.units.<unit>`; the label defaults to the key. */
  label?: string;
  hint?: string;
  unit?: string;
  /** Heading under which it stands in the form, with those that follow it: `admin.groups.<group>`. */
  group?: string;
  /** A column of the list; the function says for whom. */
  list?: boolean | ((place: Place) => boolean);
  /** A choice above the list. */
  filter?: boolean;
  /** In the form, unless false. */
  form?: boolean;
  required?: boolean;
  /** Given once, never changed; or not by this person. */
  fixed?: boolean | ((place: Place) => boolean);
  /** Takes the whole width of the form. */
  wide?: boolean;
  /** Code table with one column per entry: the row holds an object of entry to value. */
  across?: string;
  /** Separator of the schema for several values. */
  separator?: string;
  /** Which text a wrong format shows: `admin.issues.format_<format>`. */
  format?: string;
  maxLength?: number;
  /** Emptied in the form it is taken away; otherwise an empty control is an absent value. */
  clearable?: boolean;
  choices?: Choices;
  /** For `flag`: value of a new record. */
  initial?: string;
}

export type Row = Readonly<Record<string, unknown>> & { readonly version: number };

export interface Change {
  place: Place;
  /** Parsed by the register's schema. */
  input: unknown;
  /** Absent for a new record. */
  record?: { row: Row; version: number };
}

export type SaveResult = Result<{ reveal?: Reveal }>;

export interface Register {
  /** Path segment and key of its texts: `admin.registers.<key>`. */
  key: string;
  /** Attribute that is its address. */
  identity: string;
  attributes: readonly Attribute[];
  schema: z.ZodType;
  /** Without a chosen hall it lists everything that the person may see. */
  platform?: boolean;
  readers: readonly StaffRole[];
  writers: readonly StaffRole[];
  /** Who may add records; default the writers. */
  creators?: readonly StaffRole[];
  read(db: Database | Tx, place: Place, query: ListQuery): Promise<List<Row>>;
  save(change: Change): Promise<SaveResult>;
  /** May this person change this record? For rules beyond the role. */
  mayChange?(place: Place, row: Row): boolean;
  /** A rule between fields that the schema does not know. */
  check?(input: never): { field: string; code: string } | undefined;
  /** Heading of a record that is not known by its code. */
  title?(row: Row, locale: Locale): string;
}

export const ADMIN_ROLES = ["hall_admin", "chief", "region_admin", "system_admin", "security_admin", "auditor"] as const satisfies readonly StaffRole[];

/** Readers and writers of everything that belongs to a hall; security administrators have no part in operations. */
export const HALL_READERS: readonly StaffRole[] = ["hall_admin", "chief", "region_admin", "system_admin", "auditor"];
export const HALL_WRITERS: readonly StaffRole[] = ["hall_admin", "system_admin"];

export const isHallRole = (role: string): boolean => (HALL_ROLES as readonly string[]).includes(role);
export const mayRead = (register: Register, staff: Pick<StaffPrincipal, "role">): boolean => register.readers.includes(staff.role);
export const mayCreate = (register: Register, staff: Pick<StaffPrincipal, "role">): boolean => (register.creators ?? register.writers).includes(staff.role);
export const mayWrite = (register: Register, place: Place, row: Row): boolean =>
  register.writers.includes(place.staff.role) && (register.mayChange?.(place, row) ?? true);

interface HallRegister<R, Input> extends Pick<Register, "key"> {
  attributes: readonly Attribute<keyof R & string>[];
  schema: z.ZodType<Input>;
  read(db: Database | Tx, hallId: number, query: ListQuery): Promise<List<R>>;
  save(ctx: HallContext, input: Input, version?: number): Promise<Result<unknown>>;
  check?(input: Input): { field: string; code: string } | undefined;
}

/** A register of records that belong to one hall and are known by their code. */
export function hallRegister<R extends { code: string; version: number }, Input extends { code: string }>(declared: HallRegister<R, Input>): Register {
  const read: Register["read"] = (db, place, query) => declared.read(db, hallOf(place).id, query) as Promise<List<never>>;
  return {
    ...declared, read, identity: "code", readers: HALL_READERS, writers: HALL_WRITERS,
    check: declared.check as Register["check"],
    save: ({ place, input, record }) => changeHall(database(), { hall: hallOf(place), actor: place.staff.actor }, async (ctx) => {
      const wanted = input as Input;
      // Under the hall's lock: nobody can take the code between this look and the write.
      if (!record && (await declared.read(ctx.tx, ctx.hall.id, { filters: { code: wanted.code }, limit: 1 })).total > 0) return refuse("code_taken", { code: wanted.code }, "code");
      const saved = await declared.save(ctx, wanted, record?.version);
      return saved.ok ? { ok: true, value: {} } : saved;
    }),
  };
}

/** A list of a hall that is only read: figures of a report lead to it, and it is exported as shown. */
export function hallList<R extends { code: string; version: number }>(declared: Pick<HallRegister<R, never>, "key" | "attributes" | "read">): Register {
  return {
    ...declared, identity: "code", schema: z.never(), readers: HALL_READERS, writers: [],
    read: (db, place, query) => declared.read(db, hallOf(place).id, query) as Promise<List<never>>,
    save: async () => refuse("forbidden"),
  };
}

export const isFixed = (attribute: Attribute, place: Place): boolean => (typeof attribute.fixed === "function" ? attribute.fixed(place) : (attribute.fixed ?? false));

/** The chosen hall; pages and actions of a hall's register are only reached with one. */
export function hallOf(place: Place): NonNullable<Place["hall"]> {
  if (!place.hall) throw new Error("a hall must be chosen first");
  return place.hall;
}

/** Attributes that most records have. */
export const CODE = { key: "code", kind: "text", list: true, required: true, fixed: true, maxLength: 64 } as const satisfies Attribute;
export const NAME = { key: "name", kind: "text", list: true, required: true, maxLength: 200 } as const satisfies Attribute;
export const NAME_EN = { key: "nameEn", kind: "text", required: true, maxLength: 200 } as const satisfies Attribute;
export const SORT = { key: "sort", kind: "number", hint: "sort" } as const satisfies Attribute;
export const ACTIVE = { key: "active", kind: "flag", list: true, filter: true, initial: "1", hint: "active" } as const satisfies Attribute;
