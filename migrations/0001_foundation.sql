-- Foundation: places, catalogue core, staff, devices, windows, ledger, queue.
-- Every key of a hall's data starts with hall_id, so that halls can be spread over a distributed PostgreSQL.

-- The clock of every decision: the database's, never a process's. Test databases replace it to travel in time.
create function app_now() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;

-- ---------------------------------------------------------------- places
create table codes (
  table_name text not null,
  code       text not null,
  name       text not null,
  name_en    text not null,
  sort       int  not null default 0,
  primary key (table_name, code)
);

create table regions (
  code    text primary key check (code ~ '^[0-9]{12}$'),
  name    text not null,
  name_en text not null,
  level   smallint not null check (level between 1 and 6),
  parent  text references regions (code)
);

create table halls (
  id         int generated always as identity primary key,
  code       text not null constraint halls_code_key unique check (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  name       text not null,
  name_en    text not null,
  region     text not null references regions (code),
  level      text not null,
  address    text not null default '',
  address_en text not null default '',
  phone      text not null default '',
  time_zone  text not null default 'Asia/Shanghai',
  active     boolean not null default true,
  version    int not null default 1
);

create table calendar_days (
  date    date not null primary key,
  kind    text not null check (kind in ('holiday', 'work')),
  name    text not null,
  name_en text not null
);

create table openings (
  hall_id  int not null references halls (id),
  weekday  smallint not null check (weekday between 1 and 7),
  starts   time not null,
  ends     time not null,
  label    text not null default '',
  label_en text not null default '',
  primary key (hall_id, weekday, starts),
  check (starts < ends)
);

create table zones (
  hall_id int not null references halls (id),
  id      int not null generated always as identity,
  code    text not null,
  name    text not null,
  name_en text not null,
  floor   int not null,
  kind    text not null,
  voice   text not null default 'silent' check (voice in ('silent', 'speak')),
  sort    int not null default 0,
  active  boolean not null default true,
  version int not null default 1,
  primary key (hall_id, id),
  constraint zones_code_key unique (hall_id, code)
);

create table notices (
  hall_id   int not null references halls (id),
  id        int not null generated always as identity,
  code      text not null,
  zone_id   int,
  text      text not null,
  text_en   text not null,
  starts_at timestamptz not null default app_now(),
  ends_at   timestamptz,
  active    boolean not null default true,
  version   int not null default 1,
  primary key (hall_id, id),
  constraint notices_code_key unique (hall_id, code),
  foreign key (hall_id, zone_id) references zones (hall_id, id)
);

-- ---------------------------------------------------------------- catalogue core
create table fields (
  hall_id int not null references halls (id),
  id      int not null generated always as identity,
  code    text not null,
  name    text not null,
  name_en text not null,
  icon    text not null default 'file-text',
  sort    int not null default 0,
  active  boolean not null default true,
  version int not null default 1,
  primary key (hall_id, id),
  constraint fields_code_key unique (hall_id, code)
);

create table departments (
  hall_id    int not null references halls (id),
  id         int not null generated always as identity,
  code       text not null,
  name       text not null,
  name_en    text not null,
  short_name text not null default '',
  vertical   boolean not null default false,
  active     boolean not null default true,
  version    int not null default 1,
  primary key (hall_id, id),
  constraint departments_code_key unique (hall_id, code)
);

create table lines (
  hall_id  int not null references halls (id),
  id       int not null generated always as identity,
  code     text not null check (code ~ '^[A-Z]{1,2}$'),
  name     text not null,
  name_en  text not null,
  field_id int not null,
  zone_id  int,
  minutes  numeric(6, 2) not null default 10 check (minutes > 0),
  sort     int not null default 0,
  active   boolean not null default true,
  version  int not null default 1,
  primary key (hall_id, id),
  constraint lines_code_key unique (hall_id, code),
  foreign key (hall_id, field_id) references fields (hall_id, id),
  foreign key (hall_id, zone_id) references zones (hall_id, id)
);

create table items (
  hall_id       int not null references halls (id),
  id            int not null generated always as identity,
  code          text not null check (length(code) <= 64),
  name          text not null,
  name_en       text not null,
  kind          text not null,
  department_id int not null,
  field_id      int not null,
  line_id       int not null,
  minutes       numeric(6, 2) not null check (minutes > 0),
  audience      text[] not null default '{}',
  case_kind     text not null default '1',
  promised_days int not null default 0 check (promised_days >= 0),
  aliases       text[] not null default '{}',
  popular       boolean not null default false,
  -- what a search matches: name, aliases, pinyin in full and initials; written by catalog/commands
  search        text not null default '',
  active        boolean not null default true,
  version       int not null default 1,
  primary key (hall_id, id),
  constraint items_code_key unique (hall_id, code),
  foreign key (hall_id, department_id) references departments (hall_id, id),
  foreign key (hall_id, field_id) references fields (hall_id, id),
  foreign key (hall_id, line_id) references lines (hall_id, id)
);
create index items_code_idx on items (code);

-- ---------------------------------------------------------------- staff and access
create table staff (
  id            int generated always as identity primary key,
  username      text not null constraint staff_username_key unique check (username ~ '^[a-z][a-z0-9._-]{1,31}$'),
  name          text not null,
  role          text not null check (role in ('guide', 'clerk', 'chief', 'hall_admin', 'region_admin', 'system_admin', 'security_admin', 'auditor')),
  hall_id       int references halls (id),
  region        text references regions (code),
  department_id int,
  usual_window_id int,
  password_hash text,
  must_change   boolean not null default true,
  password_at   timestamptz not null default app_now(),
  active        boolean not null default true,
  version       int not null default 1,
  check (hall_id is not null or role in ('region_admin', 'system_admin', 'security_admin', 'auditor')),
  foreign key (hall_id, department_id) references departments (hall_id, id)
);

create table password_history (
  staff_id int not null references staff (id),
  at       timestamptz not null default app_now(),
  hash     text not null,
  primary key (staff_id, at)
);

create table staff_sessions (
  id         text primary key,           -- SHA-256 of the random session id
  staff_id   int not null references staff (id),
  created_at timestamptz not null default app_now(),
  seen_at    timestamptz not null default app_now(),
  ended_at   timestamptz
);
create index staff_sessions_open on staff_sessions (staff_id) where ended_at is null;

create table devices (
  hall_id   int not null references halls (id),
  id        int not null generated always as identity,
  code      text not null,
  name      text not null,
  name_en   text not null,
  kind      text not null,
  zone_id   int,
  purpose   text not null default '',
  active    boolean not null default true,
  paired_at timestamptz,
  seen_at   timestamptz,
  health    jsonb not null default '{}',
  version   int not null default 1,
  primary key (hall_id, id),
  constraint devices_code_key unique (hall_id, code),
  foreign key (hall_id, zone_id) references zones (hall_id, id)
);

create table device_usage (
  hall_id   int not null,
  device_id int not null,
  day       date not null,
  name      text not null,
  uses      int not null default 0,
  primary key (hall_id, device_id, day, name),
  foreign key (hall_id, device_id) references devices (hall_id, id)
);

-- A pairing lives ten minutes and is used once. Started by a screen it also needs the screen's secret.
create table pairings (
  code        text primary key,
  secret_hash text,
  kind        text,
  hall_id     int,
  device_id   int,
  created_at  timestamptz not null default app_now(),
  expires_at  timestamptz not null,
  used_at     timestamptz,
  foreign key (hall_id, device_id) references devices (hall_id, id)
);

create table access_tokens (
  id         int generated always as identity primary key,
  hash       text not null constraint access_tokens_hash_key unique,
  role       text not null,
  label      text not null default '',
  hall_id    int references halls (id),
  region     text references regions (code),
  window_id  int,
  device_id  int,
  created_at timestamptz not null default app_now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

-- ---------------------------------------------------------------- windows
create table windows (
  hall_id       int not null references halls (id),
  id            int not null generated always as identity,
  code          text not null check (code ~ '^[A-Z0-9][A-Z0-9-]{0,15}$'),
  name          text not null,
  name_en       text not null,
  zone_id       int not null,
  kind          text not null,
  department_id int,
  sort          int not null default 0,
  active        boolean not null default true,
  state         text not null default 'closed' check (state in ('closed', 'open', 'paused')),
  state_at      timestamptz not null default app_now(),
  operator      text,                   -- actor who holds the window: "staff:7" or "token:3"
  pause_reason  text,
  version       int not null default 1,
  primary key (hall_id, id),
  constraint windows_code_key unique (hall_id, code),
  foreign key (hall_id, zone_id) references zones (hall_id, id),
  foreign key (hall_id, department_id) references departments (hall_id, id)
);
-- a person sits at one window only; a machine account may drive several
create unique index windows_operator_key on windows (hall_id, operator) where operator like 'staff:%';

create table window_lines (
  hall_id   int not null,
  window_id int not null,
  line_id   int not null,
  tier      smallint not null default 1 check (tier in (1, 2)),
  primary key (hall_id, window_id, line_id),
  foreign key (hall_id, window_id) references windows (hall_id, id) on delete cascade,
  foreign key (hall_id, line_id) references lines (hall_id, id)
);

-- ---------------------------------------------------------------- ledger
-- The head is the lock and the sequence of a hall: whoever holds it decides next.
create table ledger_heads (
  hall_id int primary key references halls (id),
  seq     bigint not null default 0,
  at      timestamptz not null default '-infinity'
) with (fillfactor = 10, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

create table events (
  hall_id int not null references halls (id),
  seq     bigint not null,
  at      timestamptz not null,
  type    text not null,
  actor   text not null,
  subject text not null,
  data    jsonb not null,
  primary key (hall_id, seq)
);
create index events_subject_idx on events (hall_id, subject, seq);

create table ledger_seals (
  hall_id   int not null references halls (id),
  to_seq    bigint not null,
  from_seq  bigint not null,
  hash      text not null,
  sealed_at timestamptz not null default app_now(),
  primary key (hall_id, to_seq)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger events_append_only before update or delete or truncate on events
  for each statement execute function refuse_change();
create trigger ledger_seals_append_only before update or delete or truncate on ledger_seals
  for each statement execute function refuse_change();

create function create_ledger_head() returns trigger language plpgsql as $$
begin
  insert into ledger_heads (hall_id) values (new.id);
  return new;
end $$;
create trigger halls_ledger_head after insert on halls for each row execute function create_ledger_head();

-- Takes the hall's lock. A statement of its own: what follows in the transaction sees everything decided before.
create function lock_hall(p_hall int, out now timestamptz, out today date, out seq bigint) language plpgsql as $$
begin
  select h.seq, greatest(app_now(), h.at + interval '1 microsecond') into seq, now from ledger_heads h where h.hall_id = p_hall for no key update;
  if not found then raise exception 'no such hall: %', p_hall using errcode = 'no_data_found'; end if;
  select (now at time zone time_zone)::date into today from halls where id = p_hall;
end $$;

-- Appends one event. Time always runs forward within a hall, whatever the machine's clock does: two tickets never have
-- arrived at the same time.
create function append_event(p_hall int, p_type text, p_actor text, p_subject text, p_data jsonb, out seq bigint, out at timestamptz)
language plpgsql as $$
begin
  update ledger_heads h set seq = h.seq + 1, at = greatest(app_now(), h.at + interval '1 microsecond') where h.hall_id = p_hall
    returning h.seq, h.at into append_event.seq, append_event.at;
  insert into events (hall_id, seq, at, type, actor, subject, data)
    values (p_hall, append_event.seq, append_event.at, p_type, p_actor, p_subject, p_data);
end $$;

create table idempotency (
  hall_id    int not null,
  actor      text not null,
  key        text not null,
  request    text not null,              -- SHA-256 over method, path and body
  response   jsonb,
  created_at timestamptz not null default app_now(),
  primary key (hall_id, actor, key)
);
create index idempotency_age on idempotency (created_at);

-- ---------------------------------------------------------------- queue
create table policies (
  hall_id      int not null references halls (id),
  version      int not null,
  document     jsonb not null,
  published_at timestamptz not null default app_now(),
  published_by text not null,
  primary key (hall_id, version)
);

create table number_counters (
  hall_id int not null,
  line_id int not null,
  day     date not null,
  last    int not null,
  primary key (hall_id, line_id, day)
);

create table tickets (
  hall_id         int not null references halls (id),
  id              bigint not null generated always as identity,
  token           text not null,
  day             date not null,
  number_line_id  int not null,          -- the line that gave the number
  number_seq      int not null,
  number          text not null,
  line_id         int not null,          -- the line it waits in now
  item_id         int,
  class           text not null,
  channel         text not null,
  class_reason    text,
  person_key      text,                  -- keyed hash of the ID number
  state           text not null check (state in ('waiting', 'called', 'serving', 'held', 'missed', 'finished', 'cancelled')),
  rank            timestamptz not null,  -- virtual arrival time; the smallest is called first
  rank_rule       text not null,
  policy_version  int not null,
  window_id       int,                   -- the window that called it last
  target_window_id int,                  -- waits for this window only
  calls           int not null default 0,
  returns         int not null default 0,
  issued_at       timestamptz not null,
  called_at       timestamptz,
  last_call_at    timestamptz,
  started_at      timestamptz,
  ended_at        timestamptz,
  outcome         text,
  primary key (hall_id, id),
  constraint tickets_token_key unique (hall_id, token),
  constraint tickets_number_key unique (hall_id, day, number_line_id, number_seq),
  foreign key (hall_id, line_id) references lines (hall_id, id),
  foreign key (hall_id, number_line_id) references lines (hall_id, id),
  foreign key (hall_id, item_id) references items (hall_id, id),
  foreign key (hall_id, window_id) references windows (hall_id, id),
  foreign key (hall_id, target_window_id) references windows (hall_id, id),
  foreign key (hall_id, policy_version) references policies (hall_id, version),
  check (state not in ('called', 'serving', 'held') or window_id is not null),
  check (called_at is null or called_at >= issued_at),
  check (started_at is null or started_at >= called_at)
) with (fillfactor = 70);
create unique index tickets_one_active_per_window on tickets (hall_id, window_id) where state in ('called', 'serving');
create index tickets_waiting on tickets (hall_id, line_id, day, rank, id) where state = 'waiting' and target_window_id is null;
create index tickets_waiting_for_window on tickets (hall_id, target_window_id, day, rank, id) where state = 'waiting' and target_window_id is not null;
create index tickets_unfinished on tickets (hall_id, day) where state in ('waiting', 'called', 'serving', 'held', 'missed');
create index tickets_day on tickets (hall_id, day, number);
create index tickets_served on tickets (hall_id, line_id, ended_at) where state = 'finished' and started_at is not null;
create index tickets_called on tickets (hall_id, day, last_call_at) where last_call_at is not null;
create index tickets_person on tickets (hall_id, day, person_key) where person_key is not null;

-- What an event remembers of a ticket: everything that a step can change. Replaying the last snapshot of each
-- ticket gives the table back (verify-ledger).
create function ticket_snapshot(t tickets) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'id', t.id, 'number', t.number, 'day', t.day, 'line', t.line_id, 'item', t.item_id, 'class', t.class, 'state', t.state,
    'rank', t.rank, 'rule', t.rank_rule, 'policy', t.policy_version, 'window', t.window_id, 'target', t.target_window_id,
    'calls', t.calls, 'returns', t.returns, 'issuedAt', t.issued_at, 'calledAt', t.called_at, 'lastCallAt', t.last_call_at,
    'startedAt', t.started_at, 'endedAt', t.ended_at, 'outcome', t.outcome)
$$;

-- 叫下一位 in one round trip. The lock comes first, in a statement of its own; each statement after it has a fresh
-- snapshot, so every press is served and none twice. The order is data (rank), computed by queue/policy.
create function call_next(p_hall int, p_window int, p_actor text) returns jsonb language plpgsql as $$
declare
  v_lock record; v_window record; v_busy bigint; v_heads jsonb; v_pick bigint; v_ticket tickets; v_event record; v_before jsonb; v_data jsonb; v_shown jsonb;
begin
  select * into v_lock from lock_hall(p_hall);
  select w.state, w.operator, w.code, z.code as zone into v_window
    from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id where w.hall_id = p_hall and w.id = p_window;
  if v_window.state is distinct from 'open' then
    return jsonb_build_object('refusal', case v_window.state when 'paused' then 'window_paused' else 'window_closed' end);
  end if;
  if p_actor like 'staff:%' and v_window.operator is distinct from p_actor then
    return jsonb_build_object('refusal', 'window_taken');
  end if;
  select id into v_busy from tickets where hall_id = p_hall and window_id = p_window and state in ('called', 'serving');
  if found then return jsonb_build_object('refusal', 'window_busy', 'ticket', v_busy); end if;

  with heads as (
    select wl.tier, h.id, h.rank, h.number, l.code
      from window_lines wl
      join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
      cross join lateral (
        select t.id, t.rank, t.number from tickets t
         where t.hall_id = p_hall and t.line_id = wl.line_id and t.day = v_lock.today
           and t.state = 'waiting' and t.target_window_id is null
         order by t.rank, t.id limit 1) h
     where wl.hall_id = p_hall and wl.window_id = p_window
    union all
    (select 1, t.id, t.rank, t.number, l.code from tickets t
       join lines l on l.hall_id = t.hall_id and l.id = t.line_id
      where t.hall_id = p_hall and t.target_window_id = p_window and t.day = v_lock.today and t.state = 'waiting'
      order by t.rank, t.id limit 1))
  select jsonb_agg(jsonb_build_object('line', code, 'number', number, 'rank', rank, 'tier', tier) order by tier, rank, id),
         (array_agg(id order by tier, rank, id))[1]
    into v_heads, v_pick from heads;
  if v_pick is null then return jsonb_build_object('refusal', 'queue_empty'); end if;

  select ticket_snapshot(t) into v_before from tickets t where hall_id = p_hall and id = v_pick;
  update tickets set state = 'called', window_id = p_window, calls = calls + 1,
         called_at = coalesce(called_at, v_lock.now), last_call_at = v_lock.now
   where hall_id = p_hall and id = v_pick and state = 'waiting' returning * into v_ticket;
  v_data := jsonb_build_object('ticket', ticket_snapshot(v_ticket), 'before', v_before, 'compared', v_heads,
    'public', jsonb_build_object('number', v_ticket.number, 'line', v_heads -> 0 ->> 'line', 'window', v_window.code,
                                 'zone', v_window.zone, 'state', 'called', 'calls', v_ticket.calls));
  select * into v_event from append_event(p_hall, 'ticket.called', p_actor, 'ticket:' || v_pick, v_data);
  -- What the clerk sees of it, so that a press needs no second question.
  select jsonb_build_object('line', l.code, 'lineName', l.name, 'lineNameEn', l.name_en, 'item', i.code, 'itemName', i.name, 'itemNameEn', i.name_en,
                            'window', v_window.code, 'zone', z.name, 'zoneEn', z.name_en, 'floor', z.floor) into v_shown
    from lines l join zones z on z.hall_id = p_hall and z.code = v_window.zone
    left join items i on i.hall_id = p_hall and i.id = v_ticket.item_id where l.hall_id = p_hall and l.id = v_ticket.line_id;
  return jsonb_build_object('seq', v_event.seq, 'at', v_event.at, 'subject', 'ticket:' || v_pick, 'data', v_data, 'shown', v_shown);
end $$;

-- Counters of rate-limiter-flexible (its own layout).
create table rate_limits (
  key    varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
