-- Waits as they were told at issue, to be scored against what happened, and the factors that the nights learn from them.

create table wait_predictions (
  hall_id   int not null,
  ticket_id bigint not null,
  day       date not null,
  hour      smallint not null,   -- local hour of issue
  line_id   int not null,
  item_id   int,
  ahead     int not null,
  source    text not null check (source in ('simulation', 'queue')),
  -- minutes: before the factors, and as told
  raw10 real not null, raw50 real not null, raw90 real not null,
  p10   real not null, p50   real not null, p90   real not null,
  primary key (hall_id, ticket_id),
  foreign key (hall_id, ticket_id) references tickets (hall_id, id) on delete cascade,
  foreign key (hall_id, line_id) references lines (hall_id, id),
  check (p10 <= p50 and p50 <= p90)
);
create index wait_predictions_day on wait_predictions (hall_id, day);

create table wait_calibrations (
  hall_id int not null references halls (id),
  level   text not null check (level in ('hall', 'hour', 'line', 'item')),
  key     int not null,          -- 0, hour, line or item
  n       int not null,
  f10 real not null, f50 real not null, f90 real not null,
  day     date not null,
  primary key (hall_id, level, key)
);
