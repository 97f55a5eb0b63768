-- The packages this deployment knows, and what was decided about each.
create table models.package (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  root text not null check (root ~ '^[0-9a-f]{64}$'),
  id text not null,
  version text not null,
  title text not null,
  family text not null,
  licence text not null,
  signer text not null check (signer ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('staged', 'active', 'retired')),
  -- Pseudonyms of persons; empty when the host itself did it.
  staged_by text not null check (staged_by ~ '^([0-9a-f]{64})?$'),
  staged_at timestamptz not null,
  decided_by text check (decided_by ~ '^([0-9a-f]{64})?$'),
  decided_at timestamptz,
  check ((decided_by is null) = (decided_at is null)),
  check (state <> 'active' or decided_at is not null),
  -- Nobody approves what they staged; the host may, for what it brings along.
  check (state <> 'active' or staged_by = '' or staged_by <> decided_by)
);

create function models.refuse() returns trigger language plpgsql as $$
begin
  raise exception '% on models.% is refused: packages are retired, not removed', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger kept before delete or truncate on models.package
  for each statement execute function models.refuse();
