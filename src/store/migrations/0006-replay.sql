-- Replay of what was put aside, and jobs that read the archive again.

-- How often it was put back after it had been parked.
alter table transmission add column replays int not null default 0;
grant select (replays) on transmission to preclear_officer;
create index transmission_parked_cause_idx on transmission (cause, id) where state = 'parked';
create index transmission_repeats_idx on transmission (duplicate_of) where duplicate_of is not null;

-- The job that read this version out of the archive again; nothing where it came with its transmission.
alter table traveller_part add column redecoded_by uuid;
alter table pnr_version add column redecoded_by uuid;

-- Work that goes through the archive beside everything else. Any process that settles may go on with one that nobody has.
create table job (
  id uuid primary key,
  kind text not null check (kind in ('redecode')),
  question jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled')),
  -- Where to go on: transmissions are taken in the order of their id. Moves in the transaction that did the work.
  cursor text not null default '',
  done int not null default 0,
  total int not null default 0,
  changed int not null default 0,
  unreadable int not null default 0,
  findings_before bigint not null default 0,
  findings_after bigint not null default 0,
  started_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  cause text,
  -- Whose hands it is in, and when he last said so.
  taken_by uuid,
  seen_at timestamptz,
  check ((state in ('done', 'failed', 'cancelled')) = (ended_at is not null))
);

-- What a job changed, or would change: ids and counts only.
create table job_change (
  job uuid not null references job on delete cascade,
  transmission text not null,
  travellers int not null,
  pnrs int not null,
  findings_before int not null,
  findings_after int not null,
  primary key (job, transmission)
);

grant select, insert, update, delete on job, job_change to preclear_work;
grant select on job, job_change to preclear_officer;
