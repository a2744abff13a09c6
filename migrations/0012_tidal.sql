-- Advice about windows now, each with its forecast and what came of it; waits that are too long, until somebody has taken them up.

create table tidal_rules (
  hall_id          int primary key references halls (id),
  cost_minutes     real not null default 3 check (cost_minutes between 0 and 120),       -- least gain in 90 % wait that a change is worth
  quiet_minutes    smallint not null default 20 check (quiet_minutes between 0 and 240),  -- a window that was changed stays as it is
  horizon_minutes  smallint not null default 60 check (horizon_minutes between 20 and 180),
  long_minutes     smallint not null default 20 check (long_minutes between 1 and 240),    -- a wait from which a line is warned of, and from which it is too long
  too_long_minutes smallint not null default 30 check (too_long_minutes between 2 and 480),
  escalate_minutes smallint not null default 10 check (escalate_minutes between 1 and 240),
  version          int not null default 1,
  check (too_long_minutes > long_minutes)
);

create table tidal_advice (
  hall_id     int not null references halls (id),
  id          int not null generated always as identity,
  at          timestamptz not null,
  seen_at     timestamptz not null,                        -- last time that the simulation came to the same
  kind        text not null check (kind in ('open', 'close', 'move', 'restore')),
  window_id   int not null,
  staff_id    int references staff (id),                   -- who could open it
  lines       jsonb not null,                              -- {own: [...], helping: [...]} after the change
  forecast    jsonb not null,                              -- lines looked at, minutes of a step, 90 % wait by time of arrival, without and with
  gain        real not null,                               -- minutes of 90 % wait; negative: what a closing costs
  state       text not null default 'open' check (state in ('open', 'done', 'dismissed', 'expired')),
  decided_at  timestamptz,
  decided_by  text,
  outcome     jsonb,                                       -- the same curve as it was measured
  primary key (hall_id, id),
  foreign key (hall_id, window_id) references windows (hall_id, id),
  check ((state = 'open') = (decided_at is null))
);
create unique index tidal_advice_one_open on tidal_advice (hall_id, window_id) where state = 'open';
create index tidal_advice_done on tidal_advice (hall_id, decided_at) where state = 'done';

create table wait_alerts (
  hall_id         int not null references halls (id),
  id              int not null generated always as identity,
  line_id         int not null,
  number          text not null,                           -- who waited longest when it was raised
  raised_at       timestamptz not null,
  severity        text not null check (severity in ('long', 'too_long')),
  level           smallint not null default 1 check (level between 1 and 3),  -- 1 guides and the hall's administrators, 2 its leaders, 3 the authority above
  level_at        timestamptz not null,
  minutes         real not null,                           -- longest wait, and how many wait too long, as last seen
  waiting         int not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  note            text not null default '',
  ended_at        timestamptz,
  primary key (hall_id, id),
  foreign key (hall_id, line_id) references lines (hall_id, id)
);
create unique index wait_alerts_one_running on wait_alerts (hall_id, line_id) where ended_at is null;

-- Past days simulated once more under another arrangement (JY-6.3m): asked for, on the way, done.
create table what_if_runs (
  hall_id    int not null references halls (id),
  id         int not null generated always as identity,
  at         timestamptz not null,
  asked_by   text not null,
  input      jsonb not null,
  state      text not null default 'running' check (state in ('running', 'done', 'failed')),
  done       int not null default 0,
  days       int not null,
  result     jsonb,
  reason     text not null default '',
  primary key (hall_id, id)
);
