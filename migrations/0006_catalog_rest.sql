-- Items handed down as records of the lower hall, the level of windows and accounts, and how often guides are read.

-- What a lower hall took into its own catalogue of what a hall above handed down (HN-7.1.2): the item keeps its source.
create table handed_items (
  hall_id        int not null,
  item_id        int not null,
  source_hall_id int not null,
  source_item_id int not null,
  sink_id        int not null,                             -- the handing down at its source
  guide_version  int,                                      -- the source's guide that was taken; null when it had none
  taken_at       timestamptz not null default app_now(),
  taken_by       text not null,
  primary key (hall_id, item_id),
  unique (hall_id, source_hall_id, source_item_id),
  foreign key (hall_id, item_id) references items (hall_id, id),
  foreign key (source_hall_id, source_item_id) references items (hall_id, id),
  foreign key (source_hall_id, sink_id) references sinks (hall_id, id)
);

-- HN-7.2.8: an agreement in force entrusts the intake, and so does a handing down in force (HN-7.2.5b).
create or replace function item_agreed(of_hall int, item text, of_department int, today date) returns boolean language sql stable as $$
  select exists (select 1 from agreements a where a.hall_id = of_hall and a.kind = 'delegation' and a.active and today between a.from_on and coalesce(a.to_on, 'infinity'::date)
    and (item = any(a.items) or (a.items = '{}' and a.department_id = of_department)))
   or exists (select 1 from items i join handed_items t on t.hall_id = i.hall_id and t.item_id = i.id join sinks s on s.hall_id = t.source_hall_id and s.id = t.sink_id
    where i.hall_id = of_hall and i.code = item and s.active and today between s.from_on and coalesce(s.to_on, 'infinity'::date))
$$;

-- JY-5.2.3: in a hall of several levels a window and a person may belong to one of them; empty: to what their items say.
alter table windows add level text;                        -- codes level
alter table staff add level text;                          -- codes level

-- How often an item's guide was read in a day: a number and nothing about the reader (JY-7.1.2e).
create table guide_views (
  hall_id int not null,
  item_id int not null,
  day     date not null,
  views   int not null default 0,
  primary key (hall_id, item_id, day),
  foreign key (hall_id, item_id) references items (hall_id, id)
);
