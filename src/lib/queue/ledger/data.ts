import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { checkLedger } from "@/lib/ledger/seal";
import { STEPS, type TicketState } from "../ticket/model";

export interface LedgerProof {
  events: number;
  tickets: number;
  /** Calls and repeats of a call in the replay. */
  calls: number;
  recalls: number;
  /** Empty when the ledger is whole and says what the tables say. */
  faults: string[];
}

interface Snapshot {
  id: number;
  number: string;
  state: TicketState;
  window: number | null;
  calls: number;
  [more: string]: unknown;
}

interface TicketEvent {
  seq: number;
  type: string;
  subject: string;
  data: { ticket: Snapshot; before?: Snapshot; undoes?: number };
}

const PAGE = 5_000;
/** Steps that record an event of each type, for judging its transition. */
const STEPS_BY_EVENT = new Map<string, (typeof STEPS)[keyof typeof STEPS][]>();
for (const step of Object.values(STEPS)) STEPS_BY_EVENT.set(step.event, [...(STEPS_BY_EVENT.get(step.event) ?? []), step]);

/** The same instant may be written with Z or +00:00; compare values, not spellings. */
const canonical = (snapshot: unknown): string =>
  JSON.stringify(snapshot, (_key, value: unknown) => (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? value.replace("+00:00", "Z") : value));

const isActive = (snapshot: Snapshot): boolean => snapshot.state === "called" || snapshot.state === "serving";

/**
 * Replays a hall's ledger and compares it with the tables: no gap, only allowed steps, each from the state before, one
 * ticket per window at any time, nobody called without a call, every ticket as the ledger left it, numbers without gap.
 */
export async function verifyHall(db: Database, hallId: number): Promise<LedgerProof> {
  const proof: LedgerProof = { events: 0, tickets: 0, calls: 0, recalls: 0, faults: await checkLedger(db, hallId) };
  const tickets = new Map<string, Snapshot>();
  const atWindow = new Map<number, string>();
  const befores = new Map<number, Snapshot>();
  for (let after = 0; ; ) {
    const { rows } = await sql<TicketEvent>`select seq, type, subject, data from events where hall_id = ${hallId} and seq > ${after} order by seq limit ${PAGE}`.execute(db);
    for (const event of rows) {
      after = event.seq;
      proof.events++;
      if (event.subject.startsWith("ticket:")) replay(event, { proof, tickets, atWindow, befores });
    }
    if (rows.length < PAGE) break;
  }
  proof.tickets = tickets.size;
  await compareTables(db, hallId, tickets, proof);
  return proof;
}

interface Replay {
  proof: LedgerProof;
  tickets: Map<string, Snapshot>;
  atWindow: Map<number, string>;
  befores: Map<number, Snapshot>;
}

function replay({ seq, type, subject, data }: TicketEvent, { proof, tickets, atWindow, befores }: Replay): void {
  const fault = (text: string) => void (proof.faults.length < 200 && proof.faults.push(`${seq} ${type} ${subject}: ${text}`));
  const now = tickets.get(subject);
  const next = data.ticket;
  if (type === "ticket.issued") {
    if (now) fault("issued twice");
    if (next.state !== "waiting") fault(`issued as ${next.state}`);
  } else if (!now) fault("step of a ticket that was never issued");
  else if (type === "ticket.undone") {
    const before = data.undoes === undefined ? undefined : befores.get(data.undoes);
    if (!before || canonical(before) !== canonical(next)) fault("does not restore what it undoes");
  } else {
    if (canonical(now) !== canonical(data.before)) fault("starts from another state than the ledger has");
    const steps = STEPS_BY_EVENT.get(type);
    if (!steps) fault("unknown step");
    else if (!steps.some((step) => (step.from as readonly string[]).includes(now.state) && step.to === next.state)) fault(`${now.state} → ${next.state} is not allowed`);
    if (data.before) befores.set(seq, data.before);
  }
  if (type === "ticket.called") proof.calls++;
  if (type === "ticket.recalled") proof.recalls++;
  if ((type === "ticket.called" || type === "ticket.recalled") && now && next.calls !== now.calls + 1) fault("calls are not counted by one");
  if (now && isActive(now) && now.window !== null) atWindow.delete(now.window);
  if (isActive(next) && next.window !== null) {
    const other = atWindow.get(next.window);
    if (other && other !== subject) fault(`window ${next.window} already has ${other}`);
    atWindow.set(next.window, subject);
  }
  tickets.set(subject, next);
}

async function compareTables(db: Database, hallId: number, tickets: Map<string, Snapshot>, proof: LedgerProof): Promise<void> {
  const { rows } = await sql<{ snapshot: Snapshot }>`select ticket_snapshot(t) as snapshot from tickets t where hall_id = ${hallId}`.execute(db);
  for (const { snapshot } of rows) {
    const replayed = tickets.get(`ticket:${snapshot.id}`);
    if (!replayed) proof.faults.push(`ticket ${snapshot.number}: in the table but not in the ledger`);
    else if (canonical(replayed) !== canonical(snapshot)) proof.faults.push(`ticket ${snapshot.number}: the table says ${canonical(snapshot)}, the ledger ${canonical(replayed)}`);
  }
  if (rows.length !== tickets.size) proof.faults.push(`${tickets.size} tickets in the ledger, ${rows.length} in the table`);
  const { rows: gaps } = await sql<{ day: string; line: number; n: number; last: number }>`
    select day, number_line_id as line, count(*) as n, max(number_seq) as last from tickets where hall_id = ${hallId} group by 1, 2 having count(*) <> max(number_seq)`.execute(db);
  for (const gap of gaps) proof.faults.push(`numbers of line ${gap.line} on ${gap.day}: ${gap.n} given, last is ${gap.last}`);
}
