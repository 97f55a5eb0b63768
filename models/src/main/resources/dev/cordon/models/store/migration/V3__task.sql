-- A segmenter stands beside the package that answers: one active package a task.
alter table models.package add column task text not null default 'image-text-similarity'
  check (task in ('image-text-similarity', 'promptable-segmentation'));
alter table models.package alter column task drop default;
drop index models.one_active;
create unique index one_active on models.package (task) where state = 'active';
