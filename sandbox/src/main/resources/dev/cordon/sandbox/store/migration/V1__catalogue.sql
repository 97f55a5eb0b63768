-- Packages of plugins, what was decided about each, and for whom they answer.
create table plugins.package (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  id text not null,
  version text not null,
  capability text not null,
  permissions text not null,
  publisher text not null,
  signer text not null check (signer ~ '^[0-9a-f]{64}$'),
  -- The archive as it was signed; gone once the package is removed.
  content bytea,
  -- Pseudonyms of persons.
  installed_by text not null check (installed_by ~ '^[0-9a-f]{64}$'),
  installed_at timestamptz not null,
  trips integer not null default 0,
  -- What a leaf names is one package for ever.
  unique (id, version)
);

create table plugins.review (
  digest text not null references plugins.package,
  reviewer text not null check (reviewer ~ '^[0-9a-f]{64}$'),
  reviewed_at timestamptz not null,
  evaluation text not null check (evaluation ~ '^[0-9a-f]{64}$'),
  report bytea not null,
  primary key (digest, reviewer)
);

create table plugins.enablement (
  tenant text not null,
  purpose text not null,
  capability text not null,
  digest text not null references plugins.package,
  -- What answered before: the way back.
  previous text references plugins.package check (previous <> digest),
  enabled_by text not null check (enabled_by ~ '^[0-9a-f]{64}$'),
  enabled_at timestamptz not null,
  primary key (tenant, purpose, capability)
);

-- The kill switch. A name is a plugin's id or a package's digest; the host itself is the empty name.
create table plugins.kill (
  name text primary key,
  killed_by text not null check (killed_by ~ '^([0-9a-f]{64})?$'),
  killed_at timestamptz not null
);

create table plugins.usage (
  name text not null,
  outcome text not null,
  calls bigint not null,
  last_at timestamptz not null,
  primary key (name, outcome)
);

-- Counts the changes, so that every host sees with one row whether there was one.
create table plugins.epoch (
  one boolean primary key default true check (one),
  value bigint not null
);
insert into plugins.epoch (value) values (0);

create function plugins.changed() returns trigger language plpgsql as $$
begin
  update plugins.epoch set value = value + 1;
  return null;
end $$;
create trigger changed after insert or update of content on plugins.package
  for each statement execute function plugins.changed();
create trigger changed after insert or update or delete on plugins.enablement
  for each statement execute function plugins.changed();
create trigger changed after insert or delete on plugins.kill
  for each statement execute function plugins.changed();

-- Somebody who neither installed the package nor enables it has reviewed it.
create function plugins.two_persons() returns trigger language plpgsql as $$
begin
  if not exists (
    select from plugins.review r join plugins.package p using (digest)
    where r.digest = new.digest and r.reviewer not in (new.enabled_by, p.installed_by)) then
    raise exception 'enabling is refused: another person must have reviewed the package'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger two_persons before insert or update of digest on plugins.enablement
  for each row execute function plugins.two_persons();

-- Whether one of two names is killed, in an order with every kill: this shares the lock that a kill holds alone.
-- A volatile function takes a new snapshot for its second statement, so what the lock waited for is seen.
create function plugins.is_killed(text, text) returns boolean language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(27988559796334087);
  return exists (select from plugins.kill where name in ($1, $2));
end $$;
