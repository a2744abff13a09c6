import { pool } from "@/lib/db/database";
import type { LedgerEvent } from "@/lib/ledger/model";

export interface CallNextAnswer {
  refusal?: "queue_empty" | "window_busy" | "window_closed" | "window_paused" | "window_taken";
  /** Id of the ticket that keeps the window busy. */
  ticket?: number;
  seq?: number;
  at?: string;
  subject?: string;
  data?: LedgerEvent["data"];
  /** Names and places of the ticket, for the clerk. */
  shown?: Record<string, string | number | null>;
}

const CALL_NEXT = "select call_next($1, $2, $3) as answer";

/** 叫下一位 in one prepared round trip: the whole transaction is one function (see migrations, `call_next`). */
export async function callNextStatement(hallId: number, windowId: number, actor: string): Promise<CallNextAnswer> {
  const { rows } = await pool().query<{ answer: CallNextAnswer }>({ name: "call_next", text: CALL_NEXT, values: [hallId, windowId, actor] });
  return rows[0]!.answer;
}
