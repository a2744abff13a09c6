import { type RawBuilder, sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Locale } from "@/lib/i18n/locale";
import { type MessageKind, statesFor, type Step, TRANSITIONS } from "../model";

export interface Claimed {
  hallId: number;
  id: number;
  kind: MessageKind;
  locale: Locale;
  urgent: boolean;
  test: boolean;
  contact: string;
  content: string;
  attempts: number;
  refusedBy: string[];
  now: string;
  /** Seconds until it is of no use; not above zero: too late. */
  life: number;
}

/** A worker that has not come back after so many seconds is taken for dead: well above the longest attempt. */
export const LEASE = 60;

/**
 * Takes due messages for one worker, urgent ones first. `skip locked` lets several processes take different rows at
 * once; `next_at` of a taken row is the end of its lease, so that rows of a killed process come up again by themselves.
 */
export async function claimDue(db: Database, worker: string, limit: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with due as materialized (
      select hall_id, id from messages
       where state in (${sql.join(statesFor("claim"))}) and next_at <= app_now()
         and (urgent or hall_id not in (select s.hall_id from message_settings s where message_due(s.hall_id, app_now()) > app_now()))
       order by urgent desc, next_at limit ${limit} for update skip locked)
    update messages m set state = 'sending', worker = ${worker}, attempts = m.attempts + 1, next_at = app_now() + make_interval(secs => ${LEASE}::int)
      from due where m.hall_id = due.hall_id and m.id = due.id
    returning m.hall_id as "hallId", m.id, m.kind, m.locale, m.urgent, m.test, m.contact, m.content, m.attempts, m.refused_by as "refusedBy", app_now() as now,
              extract(epoch from m.expires_at - app_now())::float8 as life`.execute(db);
  return rows;
}

export interface Settled {
  step: Exclude<Step, "claim" | "again" | "deliver" | "bounce">;
  channel?: string;
  error?: string;
  providerId?: string | undefined;
  cost?: number;
  /** Seconds until the next attempt. */
  pause?: number;
  refused?: boolean;
  /** The channel was full: this was no attempt. */
  untried?: boolean;
}

const next = (settled: Settled): RawBuilder<unknown> => sql`app_now() + make_interval(secs => ${settled.pause ?? 0}::int)`;

/** Writes what became of an attempt, if the lease is still this worker's; false when another worker has taken the message over. */
export async function settle(db: Database, { hallId, id, attempts }: Claimed, worker: string, settled: Settled): Promise<boolean> {
  const state = (TRANSITIONS.sending as Record<string, string>)[settled.step]!;
  const { rows } = await sql<{ state: string }>`
    with done as (
      update messages set state = ${state}, worker = null, error = ${settled.error ?? null}, channel = coalesce(${settled.channel ?? null}, channel), provider_id = ${settled.providerId ?? null},
             attempts = attempts - ${settled.untried ? 1 : 0}, cost_cents = cost_cents + ${settled.cost ?? 0}, sent_at = case when ${state} = 'sent' then app_now() else sent_at end,
             refused_by = case when ${settled.refused ?? false} then array_append(refused_by, ${settled.channel ?? ""}) else refused_by end, next_at = ${next(settled)}
       where hall_id = ${hallId} and id = ${id} and state = 'sending' and worker = ${worker} and attempts = ${attempts} returning state),
    noted as (
      insert into message_attempts (hall_id, message_id, n, channel, worker, outcome, error, provider_id)
      select ${hallId}, ${id}, coalesce((select max(n) from message_attempts where hall_id = ${hallId} and message_id = ${id}), 0) + 1, ${settled.channel ?? ""}, ${worker}, ${state}, ${settled.error ?? null}, ${settled.providerId ?? null}
        from done where not ${settled.untried ?? false})
    select state from done`.execute(db);
  return rows.length > 0;
}
