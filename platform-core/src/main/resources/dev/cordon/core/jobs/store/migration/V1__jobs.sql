-- Whatever is called sealed is AES-256-GCM under the job's key; that key is sealed by the host's.
create table jobs.job (
  id uuid primary key,
  tenant text not null,
  roles text[] not null,
  stage text not null check (stage in ('open', 'closed', 'cancelled', 'erased')),
  sealed_key bytea,
  sealed_request bytea not null,
  created_at timestamptz not null,
  check ((sealed_key is null) = (stage = 'erased'))
);
create index job_of_tenant on jobs.job (tenant, created_at);

create table jobs.item (
  job uuid not null references jobs.job,
  name text not null check (name ~ '^[A-Za-z0-9._-]{1,100}$'),
  seq bigint generated always as identity,
  state text not null check (state in ('waiting', 'done', 'refused', 'failed', 'cancelled')),
  mark bytea not null,
  bytes integer not null,
  attempts integer not null default 0,
  -- No leaf, no answer.
  leaf bigint,
  sealed_answer bytea,
  primary key (job, name),
  check ((leaf is null) = (state in ('waiting', 'cancelled'))),
  check ((leaf is null) = (sealed_answer is null))
);
create index item_waiting on jobs.item (attempts, seq) where state = 'waiting';
create index item_state on jobs.item (job, state);
create unique index item_leaf on jobs.item (job, leaf) where leaf is not null;

-- The row of an image is locked by who runs its item; apart, so that the item can change meanwhile.
create table jobs.image (
  job uuid not null,
  item text not null,
  sealed bytea not null,
  primary key (job, item),
  foreign key (job, item) references jobs.item (job, name)
);
alter table jobs.image alter column sealed set storage external;
