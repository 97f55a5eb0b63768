-- One package answers. Of several that were active, the one decided last stays.
update models.package set state = 'retired'
  where state = 'active' and digest <> (
    select digest from models.package where state = 'active' order by decided_at desc, digest limit 1);
create unique index one_active on models.package (state) where state = 'active';
