-- Two people for what is dangerous, also where somebody writes to the database directly: what is approved names who did
-- it, and an entry or rule in force has a version that two people stand for.

alter table proposal add constraint proposal_decided check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (approved is null));

alter table entry add constraint entry_approved foreign key (list, id, version) references entry_version (list, id, version)
  deferrable initially deferred;

alter table rule add constraint rule_approved foreign key (id, version) references rule_version (rule, version)
  deferrable initially deferred;
