-- The nouns of the domain as tables. Everything about a movement is keyed by its leg and partitioned by the leg's
-- month, so that one leg is written, read, screened, masked and dropped together. Two roles use the tables:
-- preclear_work does the flows; preclear_officer reads for a person, and sees only what the row policies below allow.

do $$ begin
  if not exists (select from pg_roles where rolname = 'preclear_work') then create role preclear_work nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'preclear_officer') then create role preclear_officer nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
grant preclear_work, preclear_officer to current_user;
grant preclear_officer to preclear_work;

-- People and places of work ------------------------------------------------------------------------------------------

create table agency (
  id text primary key,
  name_en text not null,
  name_az text not null,
  -- unit: the passenger information unit, which reviews; authority: receives what the unit refers, and works its own lists.
  kind text not null check (kind in ('unit', 'authority')),
  -- Whether the law lets this agency read PNR of travellers whom it may see, or API only.
  reads_pnr boolean not null default false
);

create table app_user (
  id uuid primary key,
  login text not null unique,
  name text not null,
  password text not null,
  agency text not null references agency,
  roles text[] not null,
  disabled_at timestamptz,
  failed_sign_ins int not null default 0,
  locked_until timestamptz
);

create table session (
  token_hash bytea primary key,
  user_id uuid not null references app_user,
  purpose text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_user_idx on session (user_id);

create table carrier (
  code text primary key,
  name text not null,
  profile jsonb not null default '{}'
);

create table carrier_key (
  hash bytea primary key,
  carrier text not null references carrier,
  label text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Seals and log ------------------------------------------------------------------------------------------------------

create table data_key (
  day date primary key,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);

create table log (
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,
  agency text not null,
  purpose text,
  action text not null,
  screen text,
  subjects text[] not null,
  detail jsonb not null,
  prev bytea not null,
  hash bytea not null
);
create index log_subjects_idx on log using gin (subjects);
create index log_actor_idx on log (actor, seq);

create table log_head (one boolean primary key default true check (one), seq bigint not null, hash bytea not null);
insert into log_head (seq, hash) values (0, sha256('preclear log'::bytea));

create function log_refuse() returns trigger language plpgsql as $$
begin raise exception 'the log is append-only'; end $$;
create trigger log_immutable before update or delete or truncate on log for each statement execute function log_refuse();

-- Appends one entry. hash = sha256(prev ‖ utf8(fields joined by U+001F)); the export states the same text.
create function log_append(
  p_at timestamptz, p_actor text, p_agency text, p_purpose text, p_action text, p_screen text, p_subjects text[], p_detail jsonb
) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head log_head%rowtype;
  body text;
  link bytea;
begin
  select * into head from log_head for update;
  body := log_text(head.seq + 1, p_at, p_actor, p_agency, p_purpose, p_action, p_screen, p_subjects, p_detail);
  link := sha256(head.hash || convert_to(body, 'UTF8'));
  insert into log values (head.seq + 1, p_at, p_actor, p_agency, p_purpose, p_action, p_screen, p_subjects, p_detail, head.hash, link);
  update log_head set seq = head.seq + 1, hash = link;
  return head.seq + 1;
end $$;

create function log_text(
  p_seq bigint, p_at timestamptz, p_actor text, p_agency text, p_purpose text, p_action text, p_screen text, p_subjects text[], p_detail jsonb
) returns text language sql stable as $$
  select concat(p_seq, chr(31), to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), chr(31), p_actor, chr(31), p_agency,
    chr(31), coalesce(p_purpose, ''), chr(31), p_action, chr(31), coalesce(p_screen, ''), chr(31), array_to_string(p_subjects, ','),
    chr(31), p_detail::text)
$$;

-- What came --------------------------------------------------------------------------------------------------------

create table transmission (
  month date not null,
  -- '202611-' and a time-ordered part: the month can be read from it.
  id text not null,
  carrier text not null,
  channel text not null,
  received_at timestamptz not null,
  size int not null,
  digest bytea not null,
  -- The same whatever line breaks stand between segments.
  content_digest bytea not null,
  sealed bytea,
  key_day date,
  redactions jsonb not null default '{}',
  state text not null default 'received' check (state in ('received', 'accepted', 'accepted-with-findings', 'rejected', 'parked')),
  duplicate_of text,
  type text,
  flight text,
  legs text[] not null default '{}',
  travellers int not null default 0,
  findings jsonb not null default '[]',
  finding_count int not null default 0,
  reply bytea,
  reply_type text,
  cause text,
  attempts int not null default 0,
  decided_at timestamptz,
  primary key (month, id),
  -- A final state has its time; parked says why.
  check ((state = 'received') = (decided_at is null)),
  check (state <> 'parked' or cause is not null)
) partition by range (month);
create index transmission_digest_idx on transmission (carrier, digest);
create index transmission_content_idx on transmission (carrier, content_digest);
create index transmission_waiting_idx on transmission (received_at) where state = 'received';
create index transmission_received_idx on transmission (received_at desc);

-- Movements ----------------------------------------------------------------------------------------------------------

create table leg (
  month date not null,
  -- '202606-' and a digest of the key: the month can be read from it.
  id text not null,
  carrier text not null,
  number text not null,
  suffix text not null default '',
  origin text not null,
  destination text not null,
  date date not null,
  direction text not null check (direction in ('in', 'out', 'domestic', 'over')),
  departs_local text,
  arrives_local text,
  departs_at timestamptz,
  arrives_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  first_seen timestamptz not null,
  changed_at timestamptz not null,
  travellers int not null default 0,
  with_api int not null default 0,
  with_pnr int not null default 0,
  crew int not null default 0,
  pushes jsonb not null default '[]',
  primary key (month, id)
) partition by range (month);
create index leg_departs_idx on leg (departs_at);
create index leg_arrives_idx on leg (arrives_at);

create table traveller (
  month date not null,
  leg_id text not null,
  id uuid not null,
  role text not null,
  kind text not null,
  status text not null check (status in ('booked', 'checked-in', 'boarded', 'not-boarded', 'cancelled')),
  surname text,
  given_names text,
  birth_date text,
  sex text,
  nationality text,
  document jsonb,
  seat text,
  bags int,
  locator text,
  passenger_reference text,
  pnr_id uuid,
  pnr_reference text,
  api_version int,
  pnr_version int,
  link text[] not null default '{}',
  findings int not null default 0,
  -- Later evidence showed that this is the same person on the same leg as another row, which carries on.
  merged_into uuid,
  version int not null,
  -- The version of the movement, and the epochs of lists and rules, that the hits of this traveller rest on.
  screened_version int,
  screened_epoch bigint,
  changed_at timestamptz not null,
  primary key (month, leg_id, id)
) partition by range (month);

-- Every version of what a sender said of a traveller; traveller.api_version and pnr_version name those in force.
create table traveller_part (
  month date not null,
  leg_id text not null,
  traveller_id uuid not null,
  source text not null check (source in ('api', 'pnr')),
  version int not null,
  transmission text not null,
  sent_at timestamptz not null,
  stored_at timestamptz not null,
  content jsonb not null,
  primary key (month, leg_id, traveller_id, source, version)
) partition by range (month);

create table document (
  month date not null,
  leg_id text not null,
  traveller_id uuid not null,
  source text not null check (source in ('api', 'pnr')),
  n int not null,
  kind text not null,
  type text not null,
  number text not null,
  issuer text,
  expires text,
  primary key (month, leg_id, traveller_id, source, n)
) partition by range (month);
create index document_number_idx on document (number);

create table pnr (
  month date not null,
  leg_id text not null,
  id uuid not null,
  locator text not null,
  company text not null,
  created_key text not null,
  state text not null check (state in ('active', 'cancelled')),
  version int not null,
  sent_at timestamptz not null,
  sent_reference text not null,
  primary key (month, leg_id, id),
  unique (month, leg_id, locator, created_key)
) partition by range (month);
create index pnr_locator_idx on pnr (locator);

-- Every version of a PNR as pushed, whole.
create table pnr_version (
  month date not null,
  leg_id text not null,
  pnr_id uuid not null,
  version int not null,
  transmission text not null,
  sent_at timestamptz not null,
  stored_at timestamptz not null,
  digest bytea not null,
  content jsonb not null,
  primary key (month, leg_id, pnr_id, version)
) partition by range (month);

-- The parts of each push, to know when a full push is complete.
create table push_part (
  month date not null,
  leg_id text not null,
  push text not null,
  part int not null,
  final boolean not null,
  declared_total int,
  is_full boolean not null,
  sent_at timestamptz not null,
  locators text[] not null,
  primary key (month, leg_id, push, part)
) partition by range (month);

-- Hits and what people make of them ------------------------------------------------------------------------------------

create table hit (
  month date not null,
  leg_id text not null,
  id uuid not null,
  traveller_id uuid not null,
  cause text not null,
  kind text not null check (kind in ('watchlist', 'rule')),
  source text not null,
  entry text,
  version int not null,
  owner text not null references agency,
  severity text not null check (severity in ('high', 'medium', 'low')),
  action text not null,
  score real not null,
  evidence_count int not null,
  title_en text not null,
  title_az text not null,
  why jsonb not null,
  first_seen timestamptz not null,
  last_true timestamptz not null,
  now_false_since timestamptz,
  disposition_id uuid,
  primary key (month, leg_id, id),
  unique (month, leg_id, traveller_id, cause)
) partition by range (month);
create index hit_open_idx on hit (owner) where disposition_id is null and now_false_since is null;
create index hit_source_idx on hit (source);

-- Each turn of a hit, never changed: raised, explained anew, no longer true, true again.
create table hit_event (
  month date not null,
  leg_id text not null,
  hit_id uuid not null,
  n int not null,
  at timestamptz not null,
  kind text not null check (kind in ('raised', 'changed', 'now-false', 'true-again')),
  transmission text,
  epoch bigint not null,
  found jsonb,
  primary key (month, leg_id, hit_id, n)
) partition by range (month);

create table review (
  month date not null,
  leg_id text not null,
  traveller_id uuid not null,
  owner text not null references agency,
  claimed_by uuid references app_user,
  claimed_until timestamptz,
  primary key (month, leg_id, traveller_id, owner)
) partition by range (month);

create table disposition (
  month date not null,
  leg_id text not null,
  id uuid not null,
  hit_id uuid not null,
  outcome text not null check (outcome in ('confirmed', 'not-the-person', 'no-further-action', 'needs-more-data')),
  reason text not null,
  note text,
  by_user uuid not null references app_user,
  by_agency text not null references agency,
  at timestamptz not null,
  undone_at timestamptz,
  primary key (month, leg_id, id),
  unique (month, leg_id, id, outcome),
  foreign key (month, leg_id, hit_id) references hit (month, leg_id, id)
) partition by range (month);
create index disposition_hit_idx on disposition (hit_id);

-- Nothing reaches an authority without a person's confirming disposition: the key below cannot be made otherwise.
create table referral (
  month date not null,
  leg_id text not null,
  id uuid not null,
  traveller_id uuid not null,
  hits uuid[] not null,
  disposition_id uuid not null,
  disposition_outcome text not null default 'confirmed' check (disposition_outcome = 'confirmed'),
  to_agency text not null references agency,
  from_agency text not null references agency,
  action text not null,
  severity text not null,
  reasons text[] not null,
  person jsonb not null,
  purpose text not null,
  by_user uuid not null references app_user,
  sent_at timestamptz not null,
  due_at timestamptz,
  seen_at timestamptz,
  recalled_at timestamptz,
  primary key (month, leg_id, id),
  foreign key (month, leg_id, disposition_id, disposition_outcome) references disposition (month, leg_id, id, outcome)
) partition by range (month);
create index referral_to_idx on referral (to_agency, sent_at desc);

create table referral_outcome (
  month date not null,
  leg_id text not null,
  referral_id uuid not null,
  key text not null,
  code text not null check (code in ('found', 'not-found', 'no-show', 'seized', 'other')),
  count int,
  note text,
  by_user uuid not null references app_user,
  at timestamptz not null,
  primary key (month, leg_id, referral_id, key),
  foreign key (month, leg_id, referral_id) references referral (month, leg_id, id)
) partition by range (month);

-- Reference data -----------------------------------------------------------------------------------------------------

create table epoch (kind text primary key check (kind in ('watchlist', 'rule')), value bigint not null);
insert into epoch values ('watchlist', 1), ('rule', 1);

create table watchlist (
  id text primary key,
  name text not null,
  owner text not null references agency,
  purpose text not null,
  legal_basis text not null,
  severity text not null,
  action text not null,
  thresholds jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null
);

create table entry (
  list text not null references watchlist,
  id text not null,
  version int not null,
  content jsonb not null,
  removed_at timestamptz,
  epoch bigint not null,
  primary key (list, id)
);
create index entry_epoch_idx on entry (epoch);

create table entry_version (
  list text not null,
  id text not null,
  version int not null,
  content jsonb,
  proposed_by text not null,
  approved_by text not null check (approved_by <> proposed_by),
  at timestamptz not null,
  primary key (list, id, version)
);

create table proposal (
  id uuid primary key,
  list text not null references watchlist,
  content jsonb not null,
  by_user text not null,
  at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  approved boolean,
  -- Author and approver are two people.
  check (approved is not true or decided_by <> by_user)
);

create table rule (
  id text primary key,
  owner text not null references agency,
  version int not null,
  state text not null check (state in ('live', 'paused')),
  paused_by text,
  changed_at timestamptz not null
);

create table rule_version (
  rule text not null references rule,
  version int not null,
  content jsonb not null,
  author text not null,
  approved_by text not null check (approved_by <> author),
  at timestamptz not null,
  primary key (rule, version)
);

create table rescreen (
  id uuid primary key,
  cause text not null,
  epoch bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  done int not null default 0,
  total int not null default 0,
  hits_raised int not null default 0,
  -- Where to go on: legs are taken in the order of their id.
  after_leg text not null default ''
);

-- Partitions -----------------------------------------------------------------------------------------------------------

-- Makes the partitions of one month; safe to repeat and to run at the same time twice.
create function ensure_month(p_month date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent text;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('ensure_month'), 0);
  foreach parent in array array['transmission', 'leg', 'traveller', 'traveller_part', 'document', 'pnr', 'pnr_version', 'push_part', 'hit',
    'hit_event', 'review', 'disposition', 'referral', 'referral_outcome']
  loop
    part := format('%s_%s', parent, to_char(p_month, 'YYYYMM'));
    if to_regclass(part) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent, p_month, p_month + interval '1 month');
    end if;
  end loop;
end $$;

-- Who sees what --------------------------------------------------------------------------------------------------------

create function actor_agency() returns text language sql stable as $$ select nullif(current_setting('preclear.agency', true), '') $$;
create function actor_purpose() returns text language sql stable as $$ select nullif(current_setting('preclear.purpose', true), '') $$;
-- The unit sees every traveller, once a purpose is stated.
create function actor_is_unit() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select actor_purpose() is not null and exists (select from agency where id = actor_agency() and kind = 'unit')
$$;
create function actor_reads_pnr() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select actor_purpose() is not null and exists (select from agency where id = actor_agency() and reads_pnr)
$$;
-- Another agency sees a traveller on whom one of its own lists or rules gave a hit.
create function actor_has_hit(p_month date, p_leg text, p_traveller uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select actor_purpose() is not null
    and exists (select from hit where month = p_month and leg_id = p_leg and traveller_id = p_traveller and owner = actor_agency())
$$;

do $$
declare
  name text;
begin
  foreach name in array array['transmission', 'leg', 'traveller', 'traveller_part', 'document', 'pnr', 'pnr_version', 'push_part', 'hit', 'hit_event',
    'review', 'disposition', 'referral', 'referral_outcome', 'watchlist', 'entry', 'entry_version', 'proposal', 'rule', 'rule_version', 'rescreen', 'log']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy %I on %I to preclear_work using (true) with check (true)', name || '_work', name);
  end loop;
end $$;

create policy leg_officer on leg for select to preclear_officer using (actor_agency() is not null);
create policy transmission_officer on transmission for select to preclear_officer using (actor_agency() is not null);
create policy traveller_officer on traveller for select to preclear_officer
  using ((select actor_is_unit()) or actor_has_hit(month, leg_id, id));
create policy traveller_part_officer on traveller_part for select to preclear_officer
  using (((select actor_is_unit()) or actor_has_hit(month, leg_id, traveller_id)) and (source = 'api' or (select actor_reads_pnr())));
create policy document_officer on document for select to preclear_officer
  using (((select actor_is_unit()) or actor_has_hit(month, leg_id, traveller_id)) and (source = 'api' or (select actor_reads_pnr())));
create policy pnr_officer on pnr for select to preclear_officer using ((select actor_is_unit()) and (select actor_reads_pnr()));
create policy pnr_version_officer on pnr_version for select to preclear_officer using ((select actor_is_unit()) and (select actor_reads_pnr()));
create policy hit_officer on hit for select to preclear_officer using (actor_purpose() is not null and owner = actor_agency());
create policy hit_event_officer on hit_event for select to preclear_officer
  using (exists (select from hit where hit.month = hit_event.month and hit.leg_id = hit_event.leg_id and hit.id = hit_event.hit_id));
create policy review_officer on review for select to preclear_officer using (actor_purpose() is not null and owner = actor_agency());
create policy disposition_officer on disposition for select to preclear_officer using (actor_purpose() is not null and by_agency = actor_agency());
create policy referral_officer on referral for select to preclear_officer
  using (actor_purpose() is not null and (to_agency = actor_agency() or from_agency = actor_agency()));
create policy referral_outcome_officer on referral_outcome for select to preclear_officer
  using (exists (select from referral r where r.month = referral_outcome.month and r.leg_id = referral_outcome.leg_id and r.id = referral_outcome.referral_id));
create policy watchlist_officer on watchlist for select to preclear_officer using (owner = actor_agency());
create policy entry_officer on entry for select to preclear_officer
  using (actor_purpose() is not null and exists (select from watchlist where watchlist.id = entry.list));
create policy proposal_officer on proposal for select to preclear_officer
  using (actor_purpose() is not null and exists (select from watchlist where watchlist.id = proposal.list));
create policy rule_officer on rule for select to preclear_officer using (owner = actor_agency());
create policy rule_version_officer on rule_version for select to preclear_officer
  using (exists (select from rule where rule.id = rule_version.rule));
create policy rescreen_officer on rescreen for select to preclear_officer using (actor_agency() is not null);

grant usage on schema public to preclear_work, preclear_officer;
grant select, insert, update, delete on all tables in schema public to preclear_work;
revoke update, delete on log, disposition, hit_event, entry_version, rule_version from preclear_work;
grant update (undone_at) on disposition to preclear_work;
revoke insert, update on log_head from preclear_work;
revoke insert on log from preclear_work;
grant select on agency, leg, traveller, traveller_part, document, pnr, pnr_version, hit, hit_event, review, disposition, referral, referral_outcome,
  watchlist, entry, proposal, rule, rule_version, rescreen, epoch, carrier to preclear_officer;
grant select (month, id, carrier, channel, received_at, size, redactions, state, duplicate_of, type, flight, legs, travellers, findings, finding_count,
  reply, reply_type, cause, attempts, decided_at) on transmission to preclear_officer;
revoke execute on function ensure_month(date) from public;
revoke execute on function log_append(timestamptz, text, text, text, text, text, text[], jsonb) from public;
grant execute on function ensure_month(date) to preclear_work;
grant execute on function log_append(timestamptz, text, text, text, text, text, text[], jsonb) to preclear_work, preclear_officer;
