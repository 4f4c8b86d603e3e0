-- When the exchange last began a new epoch: for a while what devices give back may come in any order (sync 13).
alter table exchange add column restored_at timestamptz;
