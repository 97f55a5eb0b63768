-- A month of a tenant, over all hosts. Its row is locked by whoever adds to it or to its lines.
create table costs.account (
  month date not null check (extract(day from month) = 1),
  tenant text not null,
  spent numeric not null check (spent >= 0),
  -- The highest amount of each limit that is on record as reached.
  soft_told numeric,
  hard_told numeric,
  primary key (month, tenant)
);

create table costs.line (
  month date not null,
  tenant text not null,
  plugin text not null,
  model text not null,
  target text not null,
  requests bigint not null,
  bytes bigint not null,
  nanos bigint not null,
  amount numeric not null check (amount >= 0),
  primary key (month, tenant, plugin, model, target),
  foreign key (month, tenant) references costs.account (month, tenant)
);
