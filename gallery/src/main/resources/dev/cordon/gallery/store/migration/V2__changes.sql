-- Counts what may have changed a collection, so that a host notices what another host did.
alter table gallery.collection add column changes bigint not null default 0;
