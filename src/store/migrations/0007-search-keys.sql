-- Search keys: what a traveller is found by, as keyed hashes (names by the forms in which they are compared, documents,
-- phones, e-mails, locators, tickets, cards). One row a traveller and source; who may not read PNR never asks for 'pnr'.
-- Rows are written from now on; what was taken in before has none, and is not found until it is taken in again.
-- The program asks in its own role and shows what the row policies of traveller let pass: officers cannot read this.

create table search_key (
  month date not null,
  leg_id text not null,
  traveller_id uuid not null,
  source text not null check (source in ('api', 'pnr')),
  keys bigint[] not null,
  primary key (month, leg_id, traveller_id, source)
) partition by range (month);
-- The list of entries that are not yet sorted in is read by every search: 1 MB of it at most.
create index search_key_keys_idx on search_key using gin (keys) with (gin_pending_list_limit = 1024);

alter table search_key enable row level security;
create policy search_key_work on search_key to preclear_work using (true) with check (true);
grant select, insert, update, delete on search_key to preclear_work;

-- No query uses these: documents and locators are found by their keys.
drop index document_number_idx;
drop index pnr_locator_idx;

-- How each kind of table is stored. Partitions take no settings from their parent: ensure_month gives them.
--   Rows that change in place leave room in their page, so that a change touches no index.
--   Tables that only grow are vacuumed and frozen as they grow, not all at once when they are old.
create function storage_of(p_table text) returns text language sql immutable as $$
  select 'autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.1' || case
    when p_table = 'leg' then ', fillfactor = 50'
    when p_table in ('traveller', 'pnr', 'hit', 'review') then ', fillfactor = 80'
    when p_table in ('traveller_part', 'pnr_version', 'hit_event', 'push_part', 'search_key')
      then ', autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_freeze_min_age = 0'
    else '' end
$$;

-- Contents are never searched by value: statistics of them cost reading them, and say nothing.
create function without_statistics(p_part text) returns void language plpgsql as $$
declare
  name text;
begin
  for name in select attname from pg_attribute where attrelid = p_part::regclass and attnum > 0 and not attisdropped
    and (atttypid = 'jsonb'::regtype or attname in ('sealed', 'reply'))
  loop
    execute format('alter table %I alter column %I set statistics 0', p_part, name);
  end loop;
end $$;

-- Makes the partitions of one month for every table that is partitioned by month; safe to repeat and to run twice at once.
create or replace function ensure_month(p_month date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent text;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('ensure_month'), 0);
  for parent in select c.relname from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
    where c.relnamespace = 'public'::regnamespace and p.partstrat = 'r' and a.attname = 'month' order by c.oid
  loop
    part := format('%s_%s', parent, to_char(p_month, 'YYYYMM'));
    if to_regclass(part) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L) with (%s)', part, parent, p_month,
        p_month + interval '1 month', storage_of(parent));
      perform without_statistics(part);
    end if;
  end loop;
end $$;

-- Months that are there already.
do $$
declare
  found record;
begin
  for found in select parent.relname as parent, part.relname as part from pg_inherits
    join pg_class parent on parent.oid = inhparent join pg_class part on part.oid = inhrelid
    where parent.relkind = 'p' and part.relkind = 'r' and parent.relnamespace = 'public'::regnamespace
  loop
    execute format('alter table %I set (%s)', found.part, storage_of(found.parent));
    perform without_statistics(found.part);
  end loop;
  perform ensure_month(to_date(right(part.relname, 6), 'YYYYMM')) from pg_inherits
    join pg_class part on part.oid = inhrelid where inhparent = 'leg'::regclass;
end $$;

-- lz4 packs and unpacks contents several times faster; the embedded server was built without it, and keeps pglz.
do $$
declare
  found record;
begin
  for found in select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('p', 'r') and a.attnum > 0 and not a.attisdropped
      and c.relname ~ '^(traveller_part|pnr_version|hit|hit_event|transmission|leg|entry|referral)(_\d{6})?$' and a.atttypid = 'jsonb'::regtype
  loop
    execute format('alter table %I alter column %I set compression lz4', found.relname, found.attname);
  end loop;
exception when feature_not_supported then null;
end $$;
