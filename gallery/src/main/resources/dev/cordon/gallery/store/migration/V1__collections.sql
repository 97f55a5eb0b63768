-- Collections of images: what they are for, their keys (sealed by a key outside this database), and
-- the vectors of their items, sealed by the collection's key. No vector stands here in the clear.
create table gallery.collection (
  id uuid primary key,
  tenant text not null,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  purpose text not null,
  area text not null,
  created_at timestamptz not null,
  unique (tenant, name)
);

-- Apart from the collection, so that it can be destroyed alone and left out of backups.
create table gallery.collection_key (
  collection uuid primary key references gallery.collection (id) on delete cascade,
  sealed bytea not null
);

create table gallery.generation (
  collection uuid not null references gallery.collection (id) on delete cascade,
  number int not null check (number > 0),
  place text not null check (place in ('active', 'building')),
  model text not null check (model ~ '^[0-9a-f]{64}$'),
  preprocessing text not null,
  dimension int not null check (dimension > 0),
  primary key (collection, number),
  unique (collection, place)
);

create table gallery.item (
  collection uuid not null,
  generation int not null,
  name text not null check (name ~ '^[A-Za-z0-9._-]{1,100}$'),
  area text not null,
  -- Pseudonyms of the persons that the image shows.
  subjects text[] not null,
  sealed bytea not null,
  primary key (collection, generation, name),
  foreign key (collection, generation)
    references gallery.generation (collection, number) on delete cascade
);
create index item_by_subject on gallery.item using gin (subjects);
