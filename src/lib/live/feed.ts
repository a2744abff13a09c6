import type { Database } from "@/lib/db/database";
import type { HallRef } from "@/lib/ledger/commands";
import type { LedgerEvent } from "@/lib/ledger/model";

interface HallFeed {
  hall: HallRef;
  /** Last event handed out. */
  seq: number;
  /** Events that came ahead of their turn. */
  early: Map<number, LedgerEvent>;
  reading: boolean;
  timer?: NodeJS.Timeout;
  ready: Promise<void>;
}

/** Time that a predecessor committed by this process may take to be announced, before the ledger is read. */
const PATIENCE_MS = 15;
const PAGE = 500;

/**
 * Hands the events of watched halls out in `seq` order, each once, whichever process wrote them. Events committed here
 * arrive by `offer`, those of others are read from the ledger after a `hint`.
 */
export class Feed {
  private readonly halls = new Map<number, HallFeed>();

  constructor(private readonly db: Database, private readonly emit: (hall: HallRef, event: LedgerEvent) => void) {}

  /** Starts to follow a hall; events after its present head will be handed out. */
  watch(hall: HallRef): Promise<void> {
    const known = this.halls.get(hall.id);
    if (known) return known.ready;
    const feed: HallFeed = { hall, seq: Number.MAX_SAFE_INTEGER, early: new Map(), reading: false, ready: Promise.resolve() };
    this.halls.set(hall.id, feed);
    feed.ready = this.db.selectFrom("ledger_heads").select("seq").where("hall_id", "=", hall.id).executeTakeFirstOrThrow()
      .then((head) => void (feed.seq = head.seq))
      .catch((error: unknown) => {
        this.halls.delete(hall.id);
        throw error;
      });
    return feed.ready;
  }

  unwatch(hallId: number): void {
    clearTimeout(this.halls.get(hallId)?.timer);
    this.halls.delete(hallId);
  }

  watched(): number[] {
    return [...this.halls.keys()];
  }

  offer(hall: HallRef, events: readonly LedgerEvent[]): void {
    const feed = this.halls.get(hall.id);
    if (!feed) return;
    for (const event of events) if (event.seq > feed.seq) feed.early.set(event.seq, event);
    this.drain(feed);
    if (feed.early.size > 0) feed.timer ??= setTimeout(() => this.read(feed), PATIENCE_MS);
  }

  /** Somebody else wrote up to `seq`. */
  hint(hallId: number, seq: number): void {
    const feed = this.halls.get(hallId);
    if (feed && seq > feed.seq) void this.read(feed);
  }

  private drain(feed: HallFeed): void {
    for (let event = feed.early.get(feed.seq + 1); event; event = feed.early.get(feed.seq + 1)) {
      feed.early.delete(event.seq);
      feed.seq = event.seq;
      this.emit(feed.hall, event);
    }
  }

  private async read(feed: HallFeed): Promise<void> {
    clearTimeout(feed.timer);
    feed.timer = undefined;
    if (feed.reading) return;
    feed.reading = true;
    try {
      for (;;) {
        const rows = await this.db.selectFrom("events").selectAll().where("hall_id", "=", feed.hall.id).where("seq", ">", feed.seq).orderBy("seq").limit(PAGE).execute();
        for (const row of rows) if (row.seq > feed.seq) feed.early.set(row.seq, { hallId: row.hall_id, seq: row.seq, at: row.at, type: row.type, actor: row.actor, subject: row.subject, data: row.data as LedgerEvent["data"] });
        this.drain(feed);
        if (rows.length < PAGE) return;
      }
    } catch {
      // The database is away; the next hint or tick reads again.
    } finally {
      feed.reading = false;
      for (const seq of feed.early.keys()) if (seq <= feed.seq) feed.early.delete(seq);
    }
  }
}
