-- A whole person can be erased: his row stays, empty, so that conversations keep their customer.
alter table erasures drop constraint erasures_kind_check;
alter table erasures add constraint erasures_kind_check check (kind in ('message', 'comment', 'attachment', 'person'));
alter table customers add column erased_at timestamptz;
