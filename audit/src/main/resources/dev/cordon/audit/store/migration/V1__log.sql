-- The log: leaves, the complete subtrees above them, signed checkpoints and one head row.
create table audit.head (
  one boolean primary key default true check (one),
  size bigint not null check (size >= 0),
  frontier bytea not null,
  -- The transaction that appended last: what it wrote may not be signed before it commits.
  writer xid8 not null default pg_current_xact_id()
);
insert into audit.head (size, frontier) values (0, ''::bytea);

create table audit.leaf (
  index bigint primary key check (index >= 0),
  id uuid not null unique,
  tenant text not null,
  time timestamptz not null,
  entry bytea not null check (octet_length(entry) between 1 and 65535),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);

create table audit.node (
  level int not null check (level between 1 and 61),
  index bigint not null check (index >= 0 and index < 1::bigint << (62 - level)),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);

create table audit.checkpoint (
  size bigint primary key check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null
);

-- Outside the tree, so that a key can be destroyed while every proof stays valid.
create table audit.commitment_key (
  leaf_id uuid primary key references audit.leaf (id),
  key bytea not null check (octet_length(key) = 32)
);

create function audit.refuse() returns trigger language plpgsql as $$
begin
  raise exception '% on audit.% is refused: it is append-only', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create function audit.head_grows_by_one() returns trigger language plpgsql as $$
begin
  if new.size <> old.size + 1 then
    raise exception 'the head of the log grows one leaf at a time'
      using errcode = 'insufficient_privilege';
  end if;
  new.writer := pg_current_xact_id();
  return new;
end $$;

create trigger append_only before update or delete or truncate on audit.leaf
  for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on audit.node
  for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on audit.checkpoint
  for each statement execute function audit.refuse();
create trigger one_row before insert or delete or truncate on audit.head
  for each statement execute function audit.refuse();
create trigger grows before update on audit.head
  for each row execute function audit.head_grows_by_one();
