-- What a hall plans its windows and rosters by, one row per version; the newest counts (JY-6.2, HN-5.4.3g).
create table planner_rules (
  hall_id      int not null references halls (id),
  version      int not null,
  document     jsonb not null,
  published_at timestamptz not null default app_now(),
  published_by text not null,
  primary key (hall_id, version)
);
