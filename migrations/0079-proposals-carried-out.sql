-- TG-3.4a: what was accepted is later said to be done, once; the first answer stays as it is.
alter table proposals
	add column done_sealed text,
	add column done_by uuid references accounts (id),
	add column done_by_name text,
	add column done_at timestamptz,
	add check (done_at is null or state = 'done'),
	add check ((done_at is null) = (done_sealed is null));
create index proposals_promised on proposals (answered_at, id) where state = 'accepted';
