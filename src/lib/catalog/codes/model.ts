/** Codes of other systems: the same digit means something else elsewhere (domain.md 1.2), so nothing is handed on unmapped. Pure. */

export interface CodeMap {
  system: string;
  table: string;
  /** Ours. */
  code: string;
  /** Theirs. */
  target: string;
  direction: "both" | "out" | "in";
}

const speaks = (maps: readonly CodeMap[], system: string, table: string): CodeMap[] => maps.filter((map) => map.system === system && map.table === table);

/** Their code for ours; undefined when the system has a table of its own without it. A table that a system has no mapping for is shared. */
export function toSystem(maps: readonly CodeMap[], system: string, table: string, code: string): string | undefined {
  const own = speaks(maps, system, table);
  return own.length === 0 ? code : own.find((map) => map.code === code && map.direction !== "in")?.target;
}

/** Our code for theirs, under the same rule. */
export function fromSystem(maps: readonly CodeMap[], system: string, table: string, target: string): string | undefined {
  const own = speaks(maps, system, table);
  return own.length === 0 ? target : own.find((map) => map.target === target && map.direction !== "out")?.code;
}
