-- A proposal model stands beside the package that answers too.
alter table models.package drop constraint package_task_check;
alter table models.package add constraint package_task_check
  check (task in ('image-text-similarity', 'promptable-segmentation', 'region-proposal'));
