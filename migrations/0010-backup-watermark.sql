-- Every version below it is held by a backup: devices may forget what they kept for the exchange. Null = no backups are
-- kept, then devices keep nothing longer (sync 13).
alter table exchange add column watermark bigint, add column watermark_at timestamptz;
