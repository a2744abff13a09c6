-- Visitors who sign in: by a code sent to their phone, or by the platform's account. Everything personal is sealed by the program.

create table citizens (
  id         int primary key generated always as identity,
  -- "phone:" or "oidc:" and a keyed hash: one row for each way of signing in
  identity   text not null,
  phone_key  text,                                         -- keyed hash of a phone that is proven to be theirs
  id_key     text,                                         -- keyed hash of the ID number that the platform vouches for
  profile    text not null,                                -- sealed JSON {name, phone, idNumber}
  created_at timestamptz not null default app_now(),
  seen_at    timestamptz not null default app_now(),
  constraint citizens_identity_key unique (identity)
);
create index citizens_seen on citizens (seen_at);

-- Sessions of visitors, apart from those of the staff. The cookie holds the random id, this table its hash.
create table citizen_sessions (
  id         text primary key,
  citizen_id int not null references citizens (id) on delete cascade,
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null
);
create index citizen_sessions_of on citizen_sessions (citizen_id);
create index citizen_sessions_expiry on citizen_sessions (expires_at);

-- The newest code sent to a phone; an older one is of no use any more.
create table phone_codes (
  phone_key  text primary key,
  code_hash  text not null,
  tries      smallint not null default 0,
  expires_at timestamptz not null,
  used_at    timestamptz
);
