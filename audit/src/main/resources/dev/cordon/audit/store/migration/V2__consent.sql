-- The consent ledger: acts of consent and their withdrawals, both append-only.
create table audit.consent (
  id uuid primary key,
  tenant text not null,
  subject text not null check (subject ~ '^[0-9a-f]{64}$'),
  purpose text not null,
  capability text,
  area text,
  kind text not null check (kind in ('regular', 'explicit')),
  notice_id text not null,
  notice_language text not null,
  given_at timestamptz not null,
  valid_until timestamptz check (valid_until > given_at)
);
create index consent_by_subject on audit.consent (tenant, subject, purpose);

create table audit.consent_withdrawal (
  consent uuid primary key references audit.consent (id),
  withdrawn_at timestamptz not null,
  -- The record whose withdrawal ended this one: itself, or one whose scope contains it.
  cause uuid not null references audit.consent (id)
);

create trigger append_only before update or delete or truncate on audit.consent
  for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on audit.consent_withdrawal
  for each statement execute function audit.refuse();
