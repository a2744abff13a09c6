-- Booking: one stock of slots for every channel. Seats lie in slots; a row of appointment_seats is the only way to take one.

-- The booking rules of a hall as published, one row per version (JY-7.2.2b).
create table booking_rules (
  hall_id      int not null references halls (id),
  version      int not null,
  document     jsonb not null,
  published_at timestamptz not null default app_now(),
  published_by text not null,
  primary key (hall_id, version)
);

-- 号源: what can be booked. The seats of a slot follow from the windows of its line, or are fixed (home visits).
create table stocks (
  hall_id      int not null references halls (id),
  id           int not null generated always as identity,
  code         text not null,
  name         text not null,
  name_en      text not null,
  kind         text not null,                              -- codes stock_kind: regular, special, home, off_hours
  line_id      int not null,                               -- the line whose number a booked visitor gets
  items        text[] not null default '{}',               -- codes of items; none: every item of the line
  windows      text[] not null default '{}',               -- codes of windows of its own (special, off hours)
  times        text[] not null default '{}',               -- "6 09:00-12:00", weekday 1–7 or H for holidays; none: the hall's hours
  slot_minutes smallint not null default 30 check (slot_minutes between 5 and 480),
  minutes      numeric(6, 2) check (minutes > 0),          -- of one service; null: measured, else planned
  service_minutes numeric(6, 2),                           -- what counts, worked out whenever slots are made
  share        numeric(4, 3) not null default 0.6 check (share between 0 and 1),
  seats        smallint check (seats between 0 and 500),   -- fixed seats of a slot; null: from the windows
  team         text not null default '',                   -- who goes out to the people (BG-C07e)
  active       boolean not null default true,
  version      int not null default 1,
  primary key (hall_id, id),
  constraint stocks_code_key unique (hall_id, code),
  foreign key (hall_id, line_id) references lines (hall_id, id)
);

create table slots (
  hall_id    int not null,
  id         bigint not null generated always as identity,
  stock_id   int not null,
  day        date not null,
  starts     timestamptz not null,
  ends       timestamptz not null,
  planned    int not null check (planned >= 0),            -- from windows, service time and share
  per_window smallint not null default 1 check (per_window > 0), -- services that one window does in it
  adjust     int not null default 0,                       -- added or taken away by an administrator
  closed     boolean not null default false,
  note       text not null default '',
  capacity   int not null,                                 -- what may be taken; never below what is taken
  booked     int not null default 0,
  primary key (hall_id, id),
  constraint slots_start_key unique (hall_id, stock_id, starts),
  foreign key (hall_id, stock_id) references stocks (hall_id, id),
  check (starts < ends),
  -- no overselling, whatever a program does (GD-6.1.1a)
  constraint slots_not_oversold check (booked between 0 and capacity)
) with (fillfactor = 70);
create index slots_day on slots (hall_id, stock_id, day, starts);

-- What a slot offers beside what is taken already.
create function slot_wanted(s slots) returns int language sql immutable as $$
  select case when s.closed then 0 else greatest(0, s.planned + s.adjust) end
$$;

-- Times in which a window is out of work, known beforehand: its seats are not offered.
create table window_closures (
  hall_id   int not null,
  id        int not null generated always as identity,
  window_id int not null,
  starts    timestamptz not null,
  ends      timestamptz not null,
  reason    text not null,
  actor     text not null,
  ended_at  timestamptz,                                   -- taken back
  primary key (hall_id, id),
  foreign key (hall_id, window_id) references windows (hall_id, id),
  check (starts < ends)
);
create index window_closures_open on window_closures (hall_id, ends) where ended_at is null;

create table appointments (
  hall_id        int not null references halls (id),
  id             bigint not null generated always as identity,
  -- one id from the booking to the evaluation: the ticket takes it over (BG-4.4.2, BG-5.4.3)
  token          text not null,
  number         text not null,
  state          text not null check (state in ('held', 'booked', 'arrived', 'missed', 'cancelled', 'expired')),
  stock_id       int not null,
  line_id        int not null,
  day            date not null,
  starts         timestamptz not null,
  ends           timestamptz not null,
  channel        text not null,
  locale         text not null default 'zh',
  class          text not null default 'normal',
  party          smallint not null default 1 check (party between 1 and 50),
  needs          text[] not null default '{}',             -- codes companion_need
  relation       text not null default 'self',             -- codes booking_relation: self, family, agent
  citizen_id     int,                                      -- the account that booked it, if any
  name_mask      text not null default '',
  phone_mask     text not null default '',
  person         text,                                     -- sealed JSON {name, phone, idNumber, booker, address, note}
  phone_key      text,                                     -- keyed hash of the phone that booked
  person_key     text,                                     -- keyed hash of the person who comes
  id_key         text,                                     -- keyed hash of the ID number
  duplicate      boolean not null default false,           -- several live bookings of one person (GD-5.5.2b)
  held_until     timestamptz,
  booked_at      timestamptz,
  arrived_at     timestamptz,
  late           boolean not null default false,
  missed_at      timestamptz,
  ended_at       timestamptz,
  ended_reason   text,
  proposal       jsonb,                                    -- another time proposed by the hall: {starts, ends, slots, reason, until}
  reminded_at    timestamptz,
  ticket_id      bigint,
  created_at     timestamptz not null,
  changes        smallint not null default 0,
  primary key (hall_id, id),
  constraint appointments_token_key unique (hall_id, token),
  constraint appointments_number_key unique (hall_id, day, number),
  foreign key (hall_id, stock_id) references stocks (hall_id, id),
  foreign key (hall_id, line_id) references lines (hall_id, id),
  foreign key (hall_id, ticket_id) references tickets (hall_id, id),
  check (starts < ends),
  check (state in ('held', 'expired', 'cancelled') or booked_at is not null),
  check (state <> 'arrived' or ticket_id is not null)
) with (fillfactor = 80);
create index appointments_day on appointments (hall_id, day, starts);
create index appointments_live_phone on appointments (hall_id, phone_key, day) where phone_key is not null;
create index appointments_live_person on appointments (hall_id, person_key, day) where person_key is not null;
create index appointments_id_key on appointments (hall_id, id_key, day) where id_key is not null;
create index appointments_open on appointments (hall_id, starts) where state in ('held', 'booked');
create index appointments_citizen on appointments (citizen_id, starts) where citizen_id is not null;
create unique index appointments_one_ticket on appointments (hall_id, ticket_id) where ticket_id is not null;

create table appointment_items (
  hall_id        int not null,
  appointment_id bigint not null,
  item_id        int not null,
  primary key (hall_id, appointment_id, item_id),
  foreign key (hall_id, appointment_id) references appointments (hall_id, id),
  foreign key (hall_id, item_id) references items (hall_id, id)
);
create index appointment_items_item on appointment_items (hall_id, item_id);

-- Seats taken. `release_at`: from then on they are free again by themselves: a hold that ran out, a cancelled booking
-- whose seat comes back after a random time so that nobody can wait for it.
create table appointment_seats (
  hall_id        int not null,
  slot_id        bigint not null,
  appointment_id bigint not null,
  seats          int not null check (seats > 0),
  release_at     timestamptz,
  primary key (hall_id, slot_id, appointment_id),
  foreign key (hall_id, slot_id) references slots (hall_id, id),
  foreign key (hall_id, appointment_id) references appointments (hall_id, id)
);
create index appointment_seats_of on appointment_seats (hall_id, appointment_id);
create index appointment_seats_release on appointment_seats (hall_id, release_at) where release_at is not null;

create function count_seats() returns trigger language plpgsql as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    -- what an administrator took away comes off as soon as nobody sits there any more
    update slots s set booked = s.booked - old.seats, capacity = greatest(s.booked - old.seats, slot_wanted(s)) where s.hall_id = old.hall_id and s.id = old.slot_id;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    update slots s set booked = s.booked + new.seats where s.hall_id = new.hall_id and s.id = new.slot_id;
  end if;
  return null;
end $$;
create trigger appointment_seats_count after insert or delete or update of seats, slot_id on appointment_seats
  for each row execute function count_seats();

-- On-line booking paused after repeated no-shows; never a walk-in (JY-7.2.2c).
create table booking_pauses (
  hall_id    int not null references halls (id),
  id         int not null generated always as identity,
  phone_key  text not null,
  phone_mask text not null,
  missed     smallint not null,
  starts     timestamptz not null,
  ends       timestamptz not null,
  appeal     text,
  appeal_at  timestamptz,
  answer     text,
  lifted_at  timestamptz,
  lifted_by  text,
  primary key (hall_id, id)
);
create index booking_pauses_phone on booking_pauses (hall_id, phone_key, ends);

-- Wishes that met no free slot, counted without anything about the person (BG-4.2.2).
create table booking_demand (
  hall_id int not null references halls (id),
  item_id int not null,
  day     date not null,                                   -- the day that was wanted
  hour    smallint not null check (hour between -1 and 23), -- -1: the whole day was full
  kind    text not null check (kind in ('full', 'day_full', 'outside_hours')),
  n       int not null default 0,
  primary key (hall_id, item_id, day, hour, kind),
  foreign key (hall_id, item_id) references items (hall_id, id)
);

-- Duty outside of office hours: a task to staff a session as soon as somebody has booked it (BG-C02f, BG-C07d).
create table duties (
  hall_id   int not null,
  id        int not null generated always as identity,
  stock_id  int not null,
  day       date not null,
  starts    timestamptz not null,
  ends      timestamptz not null,
  booked    int not null default 0,
  staff_ids int[] not null default '{}',
  state     text not null default 'open' check (state in ('open', 'staffed', 'cancelled')),
  created_at timestamptz not null default app_now(),
  primary key (hall_id, id),
  constraint duties_key unique (hall_id, stock_id, starts),
  foreign key (hall_id, stock_id) references stocks (hall_id, id)
);

-- Booked numbers keep their hour for "seen within x minutes of the booked time".
alter table tickets add booked_start timestamptz, add booked_late boolean not null default false;
create index tickets_booked on tickets (hall_id, day) where booked_start is not null;
