-- Few are parked, and they are counted and listed often.
create index transmission_parked_at_idx on transmission (received_at desc) where state = 'parked';
