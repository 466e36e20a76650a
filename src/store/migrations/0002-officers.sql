-- What officers' pages ask for: one referral by its id, what an agency sent, what it decided lately.

create index referral_id_idx on referral (id);
create index referral_from_idx on referral (from_agency, sent_at desc);
create index disposition_lately_idx on disposition (by_agency, at desc) where undone_at is null;

-- CJEU C-817/19, EU 2016/681: an agency that may not read PNR does not see a traveller of whom only PNR is known.
drop policy traveller_officer on traveller;
create policy traveller_officer on traveller for select to preclear_officer
  using (((select actor_is_unit()) or actor_has_hit(month, leg_id, id)) and (api_version is not null or (select actor_reads_pnr())));
