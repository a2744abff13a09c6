-- Imports with preview and undo, names of fields in other systems, packages, register of published content.

-- One uploaded table. Rows are checked first, shown, and only then applied, in chunks; see src/lib/exchange.
create table imports (
  id          int generated always as identity primary key,
  hall_id     int references halls (id),                   -- null: a table that all halls share
  kind        text not null,
  file_name   text not null,
  columns     text[] not null,                             -- fields of the file, in its order
  ignored     text[] not null default '{}',                -- headings that belong to no field
  state       text not null default 'checking' check (state in ('checking', 'ready', 'applying', 'applied', 'undoing', 'undone', 'cancelled')),
  only_right  boolean not null default false,              -- wrong rows stay behind when it is applied
  rows        int not null,
  corrects    int references imports (id),                 -- the import whose wrong rows this one brings again
  created_at  timestamptz not null default app_now(),
  created_by  text not null,
  applied_at  timestamptz,
  applied_by  text,
  undone_at   timestamptz,
  undone_by   text,
  -- Who works at it now; without a sign of life for a while it counts as interrupted and can be continued.
  runner      text,
  beat_at     timestamptz
);
create index imports_list_idx on imports (hall_id, id desc);

create table import_rows (
  import_id int not null references imports (id),
  row       int not null,                                  -- as a spreadsheet counts: the heading is row 1
  code      text not null,                                 -- what the record is known by
  cells     jsonb not null,                                -- as uploaded, by field
  result    text check (result in ('new', 'changed', 'same', 'wrong')),
  errors    jsonb not null default '[]',
  before    jsonb,                                         -- the record when it was checked, in the form of an export; null when there was none
  wanted    jsonb,                                         -- the record as the row wants it
  outcome   text check (outcome in ('created', 'changed', 'same', 'refused')),
  after     jsonb,                                         -- the record when it was written: an undo refuses what has changed since
  undo      text check (undo in ('restored', 'removed', 'retired', 'refused')),
  primary key (import_id, row)
);
create index import_rows_result_idx on import_rows (import_id, result, row);

-- What another system calls our fields (GB/T 39046); codes go through code_maps.
create table field_maps (
  system     text not null,
  kind       text not null,
  field      text not null,                                -- the other system's name
  target     text not null,                                -- ours
  code_table text not null default '',                     -- codes to be mapped; @departments and @fields are known by name too
  direction  text not null default 'both' check (direction in ('both', 'in', 'out')),
  fallback   text not null default '',                     -- what a new record gets when the other system says nothing
  sort       int not null default 0,
  primary key (system, kind, field, target)
);

-- 一件事: several items asked for once (JY-7.1.3, GD-5.6.3).
create table packages (
  hall_id      int not null references halls (id),
  id           int not null generated always as identity,
  code         text not null,
  name         text not null,
  name_en      text not null,
  source       text not null,                              -- codes package_source: national, province, local
  levels       text[] not null default '{}',               -- codes hall_level at which it belongs
  category     text not null default '',                   -- codes package_category: stage of life
  batch        text not null default '',                   -- year or document that named it
  lead_department_id int,
  guide        text not null default '',
  guide_en     text not null default '',
  system       text not null default '',                   -- the existing system that carries it (JY-9.1.6)
  days_before  int check (days_before >= 0),
  days         int check (days >= 0),
  materials_before int check (materials_before >= 0),
  materials    int check (materials >= 0),
  visits_before int check (visits_before >= 0),
  visits       int check (visits >= 0),
  sort         int not null default 0,
  active       boolean not null default true,
  version      int not null default 1,
  primary key (hall_id, id),
  constraint packages_code_key unique (hall_id, code),
  foreign key (hall_id, lead_department_id) references departments (hall_id, id)
);

create table package_items (
  hall_id    int not null,
  package_id int not null,
  item_id    int not null,
  sort       int not null default 0,
  primary key (hall_id, package_id, item_id),
  foreign key (hall_id, package_id) references packages (hall_id, id) on delete cascade,
  foreign key (hall_id, item_id) references items (hall_id, id)
);

create table package_windows (
  hall_id    int not null,
  package_id int not null,
  window_id  int not null,
  primary key (hall_id, package_id, window_id),
  foreign key (hall_id, package_id) references packages (hall_id, id) on delete cascade,
  foreign key (hall_id, window_id) references windows (hall_id, id)
);

-- What the hall publishes, who keeps it and how often it is looked at (GD-5.4.1).
create table disclosures (
  hall_id       int not null references halls (id),
  id            int not null generated always as identity,
  code          text not null,
  name          text not null,
  name_en       text not null,
  department_id int not null,
  rule          text not null,                             -- when it must be brought up to date
  rule_en       text not null default '',
  review_days   int not null default 90 check (review_days > 0),
  reviewed_on   date,
  channels      text[] not null default '{}',              -- codes disclosure_channel
  link          text not null default '',
  sort          int not null default 0,
  active        boolean not null default true,
  version       int not null default 1,
  primary key (hall_id, id),
  constraint disclosures_code_key unique (hall_id, code),
  foreign key (hall_id, department_id) references departments (hall_id, id)
);

-- 重点事项 that the state or a province names, by level: what a hall's own packages are measured against (JY-7.1.3a).
create table package_targets (
  code     text primary key,
  name     text not null,
  name_en  text not null,
  source   text not null,                                  -- codes package_source
  levels   text[] not null,                                -- codes hall_level that must have it
  category text not null default '',                       -- codes package_category
  batch    text not null default ''
);
