-- Messages to visitors: outbox, contacts, channels, templates, quiet hours. Personal texts are sealed by the program.

-- A channel of a hall. `log` only shows what would be sent: the default of a hall without any other channel.
create table message_channels (
  hall_id         int not null references halls (id),
  id              int not null generated always as identity,
  code            text not null,
  name            text not null,
  name_en         text not null,
  kind            text not null,                           -- codes message_channel
  address         text not null default '',                -- http(s) of a gateway, smtp(s) of a mail server
  account         text not null default '',
  sender          text not null default '',                -- signature of an SMS, sender of an e-mail
  secret          text not null default '',                -- sealed; never shown again
  secret_at       timestamptz,                             -- when it was given
  cost_cents      numeric(8, 2) not null default 0 check (cost_cents >= 0),
  rate_per_minute int not null default 60 check (rate_per_minute between 1 and 100000),
  sort            int not null default 0,                  -- the smallest that the contact has goes first
  active          boolean not null default true,
  version         int not null default 1,
  primary key (hall_id, id),
  constraint message_channels_code_key unique (hall_id, code)
);

-- What a channel has taken in a minute, counted by the database so that several processes keep one rate.
create table message_rates (
  hall_id int not null references halls (id),
  channel text not null,
  minute  timestamptz not null,
  sent    int not null,
  primary key (hall_id, channel, minute)
);

-- Hours in which nothing is sent that can wait, in the hall's time; they may span midnight.
create table message_settings (
  hall_id     int primary key references halls (id),
  quiet_from  time not null default '21:00',
  quiet_until time not null default '08:00',
  version     int not null default 1
);

create function create_message_defaults() returns trigger language plpgsql as $$
begin
  insert into message_settings (hall_id) values (new.id);
  insert into message_channels (hall_id, code, name, name_en, kind, active, sort, rate_per_minute) values
    (new.id, 'log', '消息记录（不发送）', 'Message log (sends nothing)', 'log', true, 900, 100000),
    (new.id, 'push', '网页推送', 'Web push', 'push', false, 10, 600);
  return new;
end $$;
create trigger halls_message_defaults after insert on halls for each row execute function create_message_defaults();
insert into message_settings (hall_id) select id from halls;
insert into message_channels (hall_id, code, name, name_en, kind, active, sort, rate_per_minute)
  select h.id, c.code, c.name, c.name_en, c.code, c.active, c.sort, c.rate from halls h
   cross join (values ('log', '消息记录（不发送）', 'Message log (sends nothing)', true, 900, 100000), ('push', '网页推送', 'Web push', false, 10, 600)) c (code, name, name_en, active, sort, rate);

-- The moment from which something that can wait may be sent: now, or the end of the quiet hours.
create function message_due(p_hall int, p_at timestamptz) returns timestamptz language sql stable as $$
  select case
    when s.quiet_from = s.quiet_until then p_at
    when s.quiet_from < s.quiet_until then
      case when l.at::time >= s.quiet_from and l.at::time < s.quiet_until then (l.at::date + s.quiet_until) at time zone h.time_zone else p_at end
    when l.at::time >= s.quiet_from then (l.at::date + 1 + s.quiet_until) at time zone h.time_zone
    when l.at::time < s.quiet_until then (l.at::date + s.quiet_until) at time zone h.time_zone
    else p_at end
  from message_settings s join halls h on h.id = s.hall_id cross join lateral (select p_at at time zone h.time_zone as at) l
  where s.hall_id = p_hall
$$;

-- A hall's own texts in versions; the newest counts, a restored one gives the default back (messages/*/outbox.json).
create table message_templates (
  hall_id       int not null references halls (id),
  kind          text not null,
  version       int not null,
  title         text not null,
  text          text not null,
  title_en      text not null,
  text_en       text not null,
  template      text not null default '',                  -- id under which the SMS gateway knows it
  template_en   text not null default '',
  restored      boolean not null default false,
  published_at  timestamptz not null default app_now(),
  published_by  text not null,
  primary key (hall_id, kind, version)
);

-- How somebody who holds a booking or ticket can be reached: addresses sealed as one JSON.
create table message_contacts (
  hall_id    int not null references halls (id),
  subject    text not null,
  contact    text not null,
  changed_at timestamptz not null default app_now(),
  primary key (hall_id, subject)
);
create index message_contacts_age on message_contacts (changed_at);

-- An address that messages went to: its link to stop them, and what it has stopped. Known by a keyed hash only.
create table message_recipients (
  hall_id    int not null references halls (id),
  hash       text not null,
  token      text not null,
  masked     text not null,
  stopped    text[] not null default '{}',                 -- groups of kinds
  changed_at timestamptz not null default app_now(),
  primary key (hall_id, hash),
  constraint message_recipients_token_key unique (hall_id, token)
);

create table messages (
  hall_id      int not null references halls (id),
  id           bigint not null generated always as identity,
  kind         text not null,
  subject      text not null,                              -- "appointment:12", "ticket:5"
  dedupe       text not null,
  locale       text not null check (locale in ('zh', 'en')),
  contact      text not null,                              -- sealed; emptied when its time is over
  content      text not null,                              -- sealed: title, text, variables
  template_version int not null default 0,                 -- 0: the default text
  masked       text not null,
  urgent       boolean not null,
  test         boolean not null default false,
  state        text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'delivered', 'failed', 'dropped')),
  attempts     int not null default 0,
  next_at      timestamptz not null,
  expires_at   timestamptz not null,
  worker       text,                                       -- who is sending it, until next_at
  refused_by   text[] not null default '{}',               -- channels that will not take it
  channel      text,
  error        text,
  provider_id  text,
  cost_cents   numeric(8, 2) not null default 0,
  created_at   timestamptz not null default app_now(),
  sent_at      timestamptz,
  delivered_at timestamptz,
  primary key (hall_id, id),
  constraint messages_dedupe_key unique (hall_id, dedupe),
  check (state <> 'sending' or worker is not null),
  check ((state in ('sent', 'delivered')) <= (sent_at is not null and channel is not null))
) with (fillfactor = 80);
create index messages_due on messages (next_at) where state in ('queued', 'sending');
create index messages_of_subject on messages (hall_id, subject, id);
create index messages_of_day on messages (hall_id, created_at);
create index messages_of_provider on messages (hall_id, channel, provider_id) where provider_id is not null;

create table message_attempts (
  hall_id     int not null,
  message_id  bigint not null,
  n           int not null,
  at          timestamptz not null default app_now(),
  channel     text not null,
  worker      text not null,
  outcome     text not null,                               -- states of the message that followed
  error       text,
  provider_id text,
  primary key (hall_id, message_id, n),
  foreign key (hall_id, message_id) references messages (hall_id, id)
);

-- How far the steps around a call have been read in the ledger.
create table message_cursors (
  hall_id int primary key references halls (id),
  seq     bigint not null
);

-- Keys that an installation makes for itself, sealed; `shown` is the part that everybody may know.
create table installation_keys (
  name   text primary key,
  sealed text not null,
  shown  text not null
);
