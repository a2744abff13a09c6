-- The calling policy as a compiled order, the waits that its conditions look at, and a draft beside the version in force.

alter table policies add column compiled jsonb not null default '{}', add column note text not null default '';

create table policy_drafts (
  hall_id  int primary key references halls (id),
  document jsonb not null,
  note     text not null default '',
  version  int not null default 1,
  saved_at timestamptz not null default app_now(),
  saved_by text not null
);

-- A third tier: lines that the window works for at the peak only (潮汐).
alter table window_lines drop constraint window_lines_tier_check, add constraint window_lines_tier_check check (tier in (1, 2, 3));

-- The wait of who takes a number now, as the estimate last saw it; older than five minutes it counts as unknown.
create table line_waits (
  hall_id int not null,
  line_id int not null,
  p50     real not null,
  p90     real not null,
  at      timestamptz not null,
  primary key (hall_id, line_id),
  foreign key (hall_id, line_id) references lines (hall_id, id) on delete cascade
) with (fillfactor = 50);

create index tickets_called_at_window on tickets (hall_id, window_id, day, last_call_at) where last_call_at is not null;

-- The heads that a window may call now, each with its tier; the twin of `choose` in queue/policy/order.ts for one look.
create function window_heads(p_hall int, p_window int, p_day date, p_now timestamptz, p_tiers jsonb, p_only text[], p_except text[])
returns table (tier smallint, id bigint, rank timestamptz, number text, class text, line text, targeted boolean) language sql stable as $$
  select wl.tier, h.id, h.rank, h.number, h.class, l.code, false
    from window_lines wl
    join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
    left join line_waits q on q.hall_id = wl.hall_id and q.line_id = wl.line_id and q.at > p_now - interval '5 minutes'
    cross join lateral (
      select t.id, t.rank, t.number, t.class from tickets t
       where t.hall_id = p_hall and t.line_id = wl.line_id and t.day = p_day and t.state = 'waiting' and t.target_window_id is null
         and (p_only is null or t.class = any (p_only)) and (p_except is null or t.class <> all (p_except))
       order by t.rank, t.id limit 1) h
   where wl.hall_id = p_hall and wl.window_id = p_window
     and (wl.tier = 1 or coalesce(q.p90 > coalesce((p_tiers -> wl.tier::text -> 'lines' ->> l.code)::real, (p_tiers -> wl.tier::text ->> 'waitOver')::real), true))
  union all
  (select 1::smallint, t.id, t.rank, t.number, t.class, l.code, true from tickets t
     join lines l on l.hall_id = t.hall_id and l.id = t.line_id
    where t.hall_id = p_hall and t.target_window_id = p_window and t.day = p_day and t.state = 'waiting'
    order by t.rank, t.id limit 1)
$$;

-- Classes that have had their most calls in a row at the window today; null when there is none.
create function window_exhausted(p_hall int, p_window int, p_day date, p_in_row jsonb) returns text[] language sql stable as $$
  select array_agg(r.key) from jsonb_each_text(p_in_row) r
   where (select count(*) filter (where last.class = r.key) from (
           select t.class from tickets t where t.hall_id = p_hall and t.window_id = p_window and t.day = p_day and t.last_call_at is not null
            order by t.last_call_at desc limit r.value::int) last) = r.value::int
$$;

-- 叫下一位 in one round trip. The lock comes first, in a statement of its own; each statement after it has a fresh
-- snapshot, so every press is served and none twice. The order is data: ranks and the compiled order of the policy, both
-- made by queue/policy.
create or replace function call_next(p_hall int, p_window int, p_actor text) returns jsonb language plpgsql as $$
declare
  v_lock record; v_window record; v_busy bigint; v_heads jsonb; v_pick bigint; v_ticket tickets; v_event record; v_before jsonb; v_data jsonb; v_shown jsonb;
  v_policy record; v_reserved jsonb; v_except text[]; v_pass record; v_order text;
begin
  select * into v_lock from lock_hall(p_hall);
  select w.state, w.operator, w.code, z.code as zone into v_window
    from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id where w.hall_id = p_hall and w.id = p_window;
  if v_window.state is distinct from 'open' then
    return jsonb_build_object('refusal', case v_window.state when 'paused' then 'window_paused' else 'window_closed' end);
  end if;
  if p_actor like 'staff:%' and v_window.operator is distinct from p_actor then
    return jsonb_build_object('refusal', 'window_taken');
  end if;
  select id into v_busy from tickets where hall_id = p_hall and window_id = p_window and state in ('called', 'serving');
  if found then return jsonb_build_object('refusal', 'window_busy', 'ticket', v_busy); end if;

  select version, compiled into v_policy from policies where hall_id = p_hall order by version desc limit 1;
  v_reserved := v_policy.compiled -> 'reserved' -> v_window.code;
  if v_policy.compiled -> 'inRow' <> '{}' then v_except := window_exhausted(p_hall, p_window, v_lock.today, v_policy.compiled -> 'inRow'); end if;
  -- Reserved classes first, then all; both once more with the classes that stepped back, so that no window idles for a rule.
  for v_pass in
    select p.classes, p.kind, e.except_of
      from (values (1, v_except, true), (2, null::text[], v_except is not null)) as e(n, except_of, wanted)
     cross join (values (1, array(select jsonb_array_elements_text(v_reserved -> 'classes')), 'reserved', v_reserved is not null),
                        (2, null::text[], 'own', not coalesce((v_reserved ->> 'only')::boolean, false))) as p(n, classes, kind, wanted)
     where e.wanted and p.wanted order by e.n, p.n
  loop
    select jsonb_agg(jsonb_build_object('line', h.line, 'number', h.number, 'rank', h.rank, 'tier', h.tier, 'class', h.class) order by h.tier, h.rank, h.id),
           (array_agg(h.id order by h.tier, h.rank, h.id))[1],
           (array_agg(case when h.targeted then 'targeted' when v_pass.kind = 'reserved' then 'reserved' when h.tier = 1 then 'own' when h.tier = 2 then 'helping' else 'tidal' end order by h.tier, h.rank, h.id))[1]
      into v_heads, v_pick, v_order
      from window_heads(p_hall, p_window, v_lock.today, v_lock.now, v_policy.compiled -> 'tiers', v_pass.classes, v_pass.except_of) h;
    exit when v_pick is not null;
  end loop;
  if v_pick is null then return jsonb_build_object('refusal', 'queue_empty'); end if;

  select ticket_snapshot(t) into v_before from tickets t where hall_id = p_hall and id = v_pick;
  update tickets set state = 'called', window_id = p_window, calls = calls + 1,
         called_at = coalesce(called_at, v_lock.now), last_call_at = v_lock.now
   where hall_id = p_hall and id = v_pick and state = 'waiting' returning * into v_ticket;
  v_data := jsonb_build_object('ticket', ticket_snapshot(v_ticket), 'before', v_before, 'compared', v_heads,
    'order', jsonb_build_object('policy', v_policy.version, 'by', v_order) || case when v_except is null then '{}' else jsonb_build_object('steppedBack', v_except) end,
    'public', jsonb_build_object('number', v_ticket.number, 'line', v_heads -> 0 ->> 'line', 'window', v_window.code,
                                 'zone', v_window.zone, 'state', 'called', 'calls', v_ticket.calls));
  select * into v_event from append_event(p_hall, 'ticket.called', p_actor, 'ticket:' || v_pick, v_data);
  -- What the clerk sees of it, so that a press needs no second question.
  select jsonb_build_object('line', l.code, 'lineName', l.name, 'lineNameEn', l.name_en, 'item', i.code, 'itemName', i.name, 'itemNameEn', i.name_en,
                            'window', v_window.code, 'zone', z.name, 'zoneEn', z.name_en, 'floor', z.floor) into v_shown
    from lines l join zones z on z.hall_id = p_hall and z.code = v_window.zone
    left join items i on i.hall_id = p_hall and i.id = v_ticket.item_id where l.hall_id = p_hall and l.id = v_ticket.line_id;
  return jsonb_build_object('seq', v_event.seq, 'at', v_event.at, 'subject', 'ticket:' || v_pick, 'data', v_data, 'shown', v_shown);
end $$;
