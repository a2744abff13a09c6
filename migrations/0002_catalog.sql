-- The full catalogue: units, the elements of an 实施清单 in versions, residency state of an item (GB/T 39046, JY 7.1).

-- Codes of other systems that mean the same as a code of ours (domain.md 1.2: they differ).
-- both: the two codes stand for each other · out: only when we send · in: only when we read.
create table code_maps (
  system     text not null,
  table_name text not null,
  code       text not null,
  target     text not null,
  direction  text not null default 'both' check (direction in ('both', 'out', 'in')),
  primary key (system, table_name, code, target),
  foreign key (table_name, code) references codes (table_name, code) on delete cascade
);

alter table codes
  add active boolean not null default true,                -- out of use: shown where it is chosen already, not offered
  add version int not null default 1;

alter table departments
  add unit_kind text not null default 'department',        -- codes unit_kind
  add management text not null default 'local',            -- codes unit_management
  add chief_name text not null default '',
  add chief_staff_id int references staff (id),
  add chief_phone text not null default '',
  add office text not null default '',                     -- back-office room
  add own_system text not null default '',
  add functions_merged boolean not null default false,     -- 职能归并 (HN-7.1.1)
  add moved_in boolean not null default false,             -- 机构进驻
  add items_online boolean not null default false,         -- 事项上网
  add checks_evidence text not null default '';
update departments set management = 'vertical' where vertical;
alter table departments drop column vertical;

alter table items alter column line_id drop not null;
alter table items
  add category text not null default 'power',              -- codes item_category: power, public, utility, value_added
  add category_field text,                                 -- codes public_field, utility_line or value_kind
  add base_code text not null default '',                  -- 基本编码
  add impl_code text not null default '',                  -- 实施编码
  add handling_code text not null default '',              -- 业务办理项编码
  add level text not null default '3',                     -- codes level (行使层级)
  add on_application boolean not null default true,        -- 依申请: only such items are booked, queued, accepted (GD-3.1)
  add residency text not null default 'resident' check (residency in ('resident', 'not_resident', 'leaving')),
  add mode text not null default 'dispatched',             -- codes residency_mode
  add channels text[] not null default '{window}',         -- codes channel
  add channels_planned text[] not null default '{}',
  add share_scope text not null default 'none',            -- codes share_scope (通办范围)
  add share_regions text[] not null default '{}',
  add intake_system text not null default 'integrated',    -- codes intake_system (受理系统)
  -- Pairs of characters and of pinyin syllables: finds names in spite of typing errors without an extension.
  add grams text[] not null default '{}',
  add constraint items_resident_needs_line check (line_id is not null or residency <> 'resident' or not active);
create index items_grams_idx on items using gin (grams);
create index items_base_code_idx on items (base_code) where base_code <> '';

-- One version of an item's 实施清单. The document is validated by catalog/document; counts are kept for reports and lists.
-- Every channel reads the newest published version whose day has come: no job has to switch it, and what was replaced stays.
create table item_versions (
  hall_id      int not null,
  item_id      int not null,
  version      int not null,
  state        text not null default 'draft' check (state in ('draft', 'published')),
  effective_on date not null,
  document     jsonb not null,
  note         text not null default '',
  situations   int not null default 0,
  materials    int not null default 0,
  checks       int not null default 0,
  fields       int not null default 0,
  revision     int not null default 1,                     -- for edits by two people at once
  created_at   timestamptz not null default app_now(),
  created_by   text not null,
  published_at timestamptz,
  published_by text,
  primary key (hall_id, item_id, version),
  foreign key (hall_id, item_id) references items (hall_id, id)
);
create unique index item_versions_one_draft on item_versions (hall_id, item_id) where state = 'draft';
create index item_versions_published_idx on item_versions (hall_id, item_id, version desc) include (effective_on) where state = 'published';

-- "Report an error in this guide" by anybody.
create table guide_reports (
  hall_id    int not null,
  id         int not null generated always as identity,
  item_id    int not null,
  guide_version int,                                       -- what the reader saw
  element    text not null default '',
  source     text not null default 'public' check (source in ('public', 'law')),
  text       text not null check (length(text) between 1 and 1000),
  contact    text not null default '',
  state      text not null default 'open' check (state in ('open', 'mended', 'no_error')),
  answer     text not null default '',
  created_at timestamptz not null default app_now(),
  closed_at  timestamptz,
  closed_by  text,
  version    int not null default 1,
  primary key (hall_id, id),
  foreign key (hall_id, item_id) references items (hall_id, id)
);
