/** The ledger: one total order of changes per hall. `data.public` is the part that screens may show. */
export interface LedgerEvent {
  hallId: number;
  seq: number;
  at: string;
  type: string;
  actor: string;
  subject: string;
  data: Record<string, unknown>;
}
