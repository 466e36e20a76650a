-- Each change of a leg counts it up: whoever remembers a leg at this count need not read it again.
alter table leg add column revision bigint not null default 0;
