-- Residency (事项进驻): workflow, negative list, agreements, delegation downwards, services across regions, demand.

alter table halls
  add kind text not null default 'comprehensive',          -- codes hall_kind: comprehensive or specialised (JY-1)
  add levels text[] not null default '{}';                  -- codes level served beside its own (JY-5.2.3)

-- Thresholds of the residency rate are data (JY-7.1.2): by level of the hall and of the items in it.
create table residency_targets (
  hall_level text primary key,
  item_level text not null default '',
  percent    numeric(5, 2) not null check (percent between 0 and 100),
  basis      text not null default ''
);

-- What is known of each item beside the catalogue: where it is while here, where it is handled while outside.
create table item_residency (
  hall_id    int not null,
  id         int not null generated always as identity,
  code       text not null,                                -- the item's
  item_id    int not null,
  zone_id    int,
  windows    text[] not null default '{}',
  devices    text not null default '',
  network    text not null default '',
  place      text not null default '',
  place_en   text not null default '',
  hours      text not null default '',
  hours_en   text not null default '',
  phone      text not null default '',
  demand     int not null default 0 check (demand >= 0),   -- asked for a year, from other sources
  sink_field text,                                         -- codes sink_field, when the catalogue's field does not say
  version    int not null default 1,
  primary key (hall_id, id),
  constraint item_residency_code_key unique (hall_id, code),
  unique (hall_id, item_id),
  foreign key (hall_id, item_id) references items (hall_id, id),
  foreign key (hall_id, zone_id) references zones (hall_id, id)
);

create table residency_history (
  hall_id   int not null,
  item_id   int not null,
  since     timestamptz not null,
  state     text not null,
  reference text not null,                                 -- "initial", "import" or the code of the application
  primary key (hall_id, item_id, since),
  foreign key (hall_id, item_id) references items (hall_id, id)
);

-- Whoever changes items.residency says why in the setting yiting.residency: there is no way around the workflow.
create function note_residency() returns trigger language plpgsql as $$
declare
  reference text := coalesce(current_setting('yiting.residency', true), '');
begin
  if tg_op = 'INSERT' then
    insert into item_residency (hall_id, code, item_id) values (new.hall_id, new.code, new.id);
    insert into residency_history values (new.hall_id, new.id, app_now(), new.residency, 'initial');
  elsif new.residency is distinct from old.residency then
    if reference = '' then
      raise exception 'the residency of an item changes by its workflow only' using errcode = 'check_violation', constraint = 'items_residency_by_workflow';
    end if;
    if reference <> 'import' then
      insert into residency_history values (new.hall_id, new.id, app_now(), new.residency, reference)
        on conflict (hall_id, item_id, since) do update set state = excluded.state, reference = excluded.reference;
    end if;
  end if;
  return null;
end $$;
create trigger items_note_residency after insert or update of residency on items for each row execute function note_residency();

create table residency_applications (
  hall_id       int not null references halls (id),
  id            int not null generated always as identity,
  code          text not null,
  kind          text not null check (kind in ('enter', 'change', 'leave')),
  department_id int not null,
  state         text not null default 'applied',
  reason        text not null,
  documents     text[] not null default '{}',
  wanted_on     date,
  mode          text,                                      -- codes residency_mode
  line_id       int,
  zone_id       int,
  windows       text[] not null default '{}',
  devices       text not null default '',
  network       text not null default '',
  review_note   text not null default '',
  applied_at    timestamptz not null default app_now(),
  applied_by    text not null,
  reviewed_at   timestamptz,
  reviewed_by   text,
  placed_at     timestamptz,
  placed_by     text,
  done_at       timestamptz,
  done_by       text,
  version       int not null default 1,
  primary key (hall_id, id),
  constraint residency_applications_code_key unique (hall_id, code),
  foreign key (hall_id, department_id) references departments (hall_id, id),
  foreign key (hall_id, line_id) references lines (hall_id, id),
  foreign key (hall_id, zone_id) references zones (hall_id, id)
);

create table residency_application_items (
  hall_id        int not null,
  application_id int not null,
  item_id        int not null,
  under_way      boolean not null default true,
  primary key (hall_id, application_id, item_id),
  foreign key (hall_id, application_id) references residency_applications (hall_id, id),
  foreign key (hall_id, item_id) references items (hall_id, id)
);
-- an item is in one application at a time
create unique index residency_one_application on residency_application_items (hall_id, item_id) where under_way;

create table negative_list (
  hall_id   int not null references halls (id),
  id        int not null generated always as identity,
  code      text not null,                                 -- the item's
  item_id   int not null,
  reason    text not null,                                 -- codes exclusion_reason
  basis     text not null check (basis <> ''),
  approver  text not null check (approver <> ''),
  evidence  text not null check (evidence <> ''),
  from_on   date not null,
  valid_to  date not null,
  review_on date not null,
  active    boolean not null default true,
  version   int not null default 1,
  primary key (hall_id, id),
  constraint negative_list_code_key unique (hall_id, code),
  check (from_on <= valid_to),
  foreign key (hall_id, item_id) references items (hall_id, id)
);

create table negative_list_versions (
  hall_id      int not null references halls (id),
  number       int not null,
  published_at timestamptz not null default app_now(),
  published_by text not null,
  note         text not null default '',
  entries      jsonb not null,
  primary key (hall_id, number)
);
create trigger negative_list_versions_append_only before update or delete or truncate on negative_list_versions
  for each statement execute function refuse_change();

-- JY-7.1.2d: a hall, or one unit in it, that has not the room.
create table capacity_exemptions (
  hall_id       int not null references halls (id),
  id            int not null generated always as identity,
  code          text not null,
  department_id int,
  reason        text not null check (reason <> ''),
  approver      text not null check (approver <> ''),
  evidence      text not null default '',
  valid_to      date not null,
  review_on     date not null,
  active        boolean not null default true,
  version       int not null default 1,
  primary key (hall_id, id),
  constraint capacity_exemptions_code_key unique (hall_id, code),
  foreign key (hall_id, department_id) references departments (hall_id, id)
);

create table agreements (
  hall_id       int not null references halls (id),
  id            int not null generated always as identity,
  code          text not null,
  name          text not null,
  kind          text not null,                             -- codes agreement_kind
  partner       text not null,
  department_id int,                                       -- covers all its entrusted items when no item is named
  items         text[] not null default '{}',
  regions       text[] not null default '{}',
  mode          text not null,                             -- codes agreement_mode
  powers        text not null default '',
  from_on       date not null,
  to_on         date,
  link          text not null default '',
  active        boolean not null default true,
  version       int not null default 1,
  primary key (hall_id, id),
  constraint agreements_code_key unique (hall_id, code),
  check (to_on is null or from_on <= to_on),
  foreign key (hall_id, department_id) references departments (hall_id, id)
);

-- HN-7.2.8: does an agreement in force entrust the intake of this item to the hall on this day?
create function item_agreed(of_hall int, item text, of_department int, today date) returns boolean language sql stable as $$
  select exists (select 1 from agreements a where a.hall_id = of_hall and a.kind = 'delegation' and a.active and today between a.from_on and coalesce(a.to_on, 'infinity'::date)
    and (item = any(a.items) or (a.items = '{}' and a.department_id = of_department)))
$$;

-- 下沉: what a hall hands down, to whom, in which way.
create table sinks (
  hall_id  int not null references halls (id),
  id       int not null generated always as identity,
  code     text not null,
  item_id  int not null,
  level    text not null,                                  -- codes level
  regions  text[] not null default '{}',
  mode     text not null,                                  -- codes sink_mode
  receiver text not null,
  from_on  date not null,
  to_on    date,
  note     text not null default '',
  active   boolean not null default true,
  version  int not null default 1,
  primary key (hall_id, id),
  constraint sinks_code_key unique (hall_id, code),
  foreign key (hall_id, item_id) references items (hall_id, id)
);
create index sinks_regions_idx on sinks using gin (regions);

-- 通办: in which way and at which windows an item is offered for other regions and levels; scope and partners are the item's.
create table shared_services (
  hall_id int not null references halls (id),
  id      int not null generated always as identity,
  code    text not null,                                   -- the item's
  item_id int not null,
  mode    text not null,                                   -- codes share_mode
  windows text[] not null default '{}',
  active  boolean not null default true,
  version int not null default 1,
  primary key (hall_id, id),
  constraint shared_services_code_key unique (hall_id, code),
  foreign key (hall_id, item_id) references items (hall_id, id)
);

-- How often people asked here for an item that is not here.
create table item_demand (
  hall_id int not null,
  item_id int not null,
  month   date not null,
  refused int not null default 0,
  primary key (hall_id, item_id, month),
  foreign key (hall_id, item_id) references items (hall_id, id)
);

-- Where each item stands in the rate, today. Value-added services and what needs no application are outside of it (JY-7.1.5).
create view residency_standing as
  select i.hall_id, i.id as item_id, i.code, i.level, i.department_id, i.category, i.residency, i.active,
         n.id is not null as negative, e.exempt,
         case when i.category = 'value_added' or not i.on_application then 'outside_rate'
              when i.residency <> 'not_resident' then 'resident'
              when n.id is not null then 'negative' when e.exempt then 'exempt' else 'missing' end as standing
    from items i
    join halls h on h.id = i.hall_id
    left join negative_list n on n.hall_id = i.hall_id and n.item_id = i.id and n.active
     and (app_now() at time zone h.time_zone)::date between n.from_on and n.valid_to
    cross join lateral (select exists (select 1 from capacity_exemptions x where x.hall_id = i.hall_id and x.active
       and x.valid_to >= (app_now() at time zone h.time_zone)::date and (x.department_id is null or x.department_id = i.department_id)) as exempt) e;
