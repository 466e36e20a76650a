-- Transmissions that are archived and not settled, as the workers share them out. A row lives for seconds: made with the
-- transmission, gone with its final state, in the same transactions. Holds no personal data.
create table work (
  id text primary key,
  -- Who sent it: lanes take turns, so that one carrier's flood keeps nobody else waiting.
  lane text not null,
  -- The same for messages about one flight. Of several workers the one whose place is this, modulo their number, has it.
  spread int not null default 0,
  -- 0 somebody waits for the answer, 1 departs soon, 2 everything else.
  urgency smallint not null,
  size int not null,
  arrived_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  taken_by uuid,
  taken_at timestamptz,
  tries smallint not null default 0,
  -- Processes that ended with this in their hands. From the first on it is done alone, so that it takes nothing along.
  deaths smallint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_threshold = -1);
create index work_free_idx on work (lane, urgency, due_at) where taken_by is null;
create index work_taken_idx on work (taken_by) where taken_by is not null;

insert into work (id, lane, urgency, size, arrived_at)
  select id, carrier, 2, size, received_at from transmission where state = 'received';

-- Processes that settle. Each holds an advisory lock on its number for as long as it lives.
create table worker (
  id uuid primary key,
  n int generated always as identity,
  host text not null,
  pid int not null,
  version text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

grant select, insert, update, delete on work, worker to preclear_work;
