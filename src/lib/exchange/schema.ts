/** What an import is to those who look at it. */

export const IMPORT_STATES = ["checking", "ready", "applying", "applied", "undoing", "undone", "cancelled"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const ROW_RESULTS = ["new", "changed", "same", "wrong"] as const;
export type RowResult = (typeof ROW_RESULTS)[number];

/** An import as one sees it: what was found in its rows, what became of them. */
export interface ImportFacts {
  id: number;
  hallId: number | null;
  kind: string;
  fileName: string;
  columns: readonly string[];
  ignored: readonly string[];
  state: ImportState;
  onlyRight: boolean;
  rows: number;
  createdAt: string;
  createdBy: string;
  appliedAt: string | null;
  undoneAt: string | null;
  /** Under way without a sign of life: the program ended meanwhile. It can be continued. */
  interrupted: boolean;
  checked: number;
  found: Record<RowResult, number>;
  outcomes: Record<"created" | "changed" | "same" | "refused", number>;
  undos: Record<"restored" | "removed" | "retired" | "refused", number>;
}
