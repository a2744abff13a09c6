-- Windows in full, the plan of a hall, its own calendar, and the figures before and after a consolidation.

alter table windows
  add more_kinds text[] not null default '{}',             -- codes window_kind: one window may hold several (BG-C02d)
  add breadth text not null default 'by_field',            -- codes window_breadth: 无差别, 分领域, 专业 (JY-6.1b, HN-5.4.3b)
  add field_id int,                                        -- service field (JY-6.1a)
  add staffing text not null default 'mixed',              -- codes staffing_mode (BG-2.2.4)
  add post_kind text not null default 'counter',           -- codes post_kind: counter, open desk, called to the seat … (BG-3.1.1, BG-C12a)
  add assistants smallint not null default 0 check (assistants between 0 and 20), -- HN-5.4.2b
  add honours text[] not null default '{}',                -- codes honour (HN-5.5.4)
  add icon text not null default '',
  add skills text[] not null default '{}',                 -- skills that the staff of this window need
  add powers text[] not null default '{accept}',           -- codes window_power: what the window may do
  add item_powers text[] not null default '{}',            -- "item=accept review": powers that differ for an item
  add office text not null default '',                     -- back-office room or unit (HN-5.4.3h)
  add partner_regions text[] not null default '{}',        -- of a cross-region window (JY-6.4)
  add remote boolean not null default false,               -- virtual window (BG-3.1.5w)
  add own_hours boolean not null default false,            -- has times of its own in window_openings
  add one_metre_line boolean,                              -- checked on the spot; null: not checked yet (HN-5.4.3i)
  add desk_height_cm smallint check (desk_height_cm between 1 and 300),
  add desk_width_cm smallint check (desk_width_cm between 1 and 500),
  -- lines before a tidal change, to go back to; null while the window does its usual work (JY-6.3a)
  add usual_lines jsonb,
  add foreign key (hall_id, field_id) references fields (hall_id, id);

-- Times of a window that differ from its hall's. `booked_only`: opens only when somebody has booked (BG-C02e).
create table window_openings (
  hall_id     int not null,
  window_id   int not null,
  weekday     smallint not null check (weekday between 1 and 7),
  starts      time not null,
  ends        time not null,
  booked_only boolean not null default false,
  primary key (hall_id, window_id, weekday, starts),
  foreign key (hall_id, window_id) references windows (hall_id, id) on delete cascade,
  check (starts < ends)
);

-- Open day and night, e.g. a self-service area.
alter table zones add always_open boolean not null default false;

-- Tidal changes with the queue as it was: what moved, why, for how long (JY-6.3a).
create table window_moves (
  hall_id     int not null,
  id          int not null generated always as identity,
  window_id   int not null,
  at          timestamptz not null,
  actor       text not null,
  reason      text not null,
  before      jsonb not null,                              -- {own: [...], helping: [...]}
  after       jsonb not null,
  waiting     jsonb not null,                              -- line code → people waiting at that moment
  ended_at    timestamptz,
  waiting_end jsonb,
  primary key (hall_id, id),
  foreign key (hall_id, window_id) references windows (hall_id, id)
);
create unique index window_moves_one_running on window_moves (hall_id, window_id) where ended_at is null;

-- Posts that a hall of a level is usually laid out with (BG-C03b, BG-C10d).
create table layout_templates (
  code    text not null,
  level   text not null,                                   -- codes hall_level
  name    text not null,
  name_en text not null,
  kind    text not null,                                   -- codes window_kind
  count   smallint not null check (count > 0),
  sort    int not null default 0,
  primary key (code, kind)
);

-- Figures before and after a consolidation (BG-C10c, BG-C05b); rates are computed.
create table consolidations (
  hall_id            int not null references halls (id),
  id                 int not null generated always as identity,
  code               text not null,
  name               text not null,
  name_en            text not null,
  on_date            date not null,
  departments_before int check (departments_before >= 0),
  departments_after  int check (departments_after >= 0),
  windows_before     int check (windows_before >= 0),
  windows_after      int check (windows_after >= 0),
  staff_before       int check (staff_before >= 0),
  staff_after        int check (staff_after >= 0),
  note               text not null default '',
  active             boolean not null default true,
  version            int not null default 1,
  primary key (hall_id, id),
  constraint consolidations_code_key unique (hall_id, code)
);

-- A floor's plan: an uploaded picture and shapes over it, in thousandths of its width and height.
create table floor_plans (
  hall_id    int not null references halls (id),
  floor      int not null,
  picture    bytea,
  mime       text check (mime in ('image/png', 'image/jpeg', 'image/webp')),
  width      int not null default 1600 check (width between 1 and 20000),
  height     int not null default 900 check (height between 1 and 20000),
  shapes     jsonb not null default '[]',
  version    int not null default 1,
  changed_at timestamptz not null default app_now(),
  primary key (hall_id, floor)
);

-- Days on which a hall differs from its week and the national calendar.
create table hall_days (
  hall_id int not null references halls (id),
  id      int not null generated always as identity,
  code    text not null,                                   -- the date, YYYY-MM-DD: known by it
  date    date not null,
  spans   text[] not null default '{}',                    -- "09:00-12:00"; none: closed
  name    text not null,
  name_en text not null,
  active  boolean not null default true,
  version int not null default 1,
  primary key (hall_id, id),
  constraint hall_days_code_key unique (hall_id, code)
);
create unique index hall_days_date on hall_days (hall_id, date) where active;
