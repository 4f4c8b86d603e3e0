-- TG-16.1: what the Board needs to look at a report and what it answered. The devices that were shut out and the answer
-- are about one person, so both are sealed with that person's key; who answered is named, as on a decision.
alter table misuse_reports
	add column sessions_sealed text,
	add column answer_sealed text,
	add column handled_by_name text;
create index misuse_reports_of_account on misuse_reports (account_id, at desc);
