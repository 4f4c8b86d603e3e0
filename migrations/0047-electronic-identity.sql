-- LAW-tmdt-identity: whether a business has shown who it is. The number may be missing: whoever was opened by hand was
-- compared by hand.
select set_config('san.actor', 'system:migrate', true);
alter table business_identities
	alter column number_index drop not null,
	-- asking = a provider is to be asked; not_matched = it knows the number under another name; unknown = it could not say.
	add column state text not null default 'none'
		check (state in ('none', 'asking', 'verified', 'not_matched', 'unknown')),
	-- What the provider calls its answer.
	add column reference text not null default '',
	add column attempts int not null default 0,
	add column next_at timestamptz,
	add constraint business_identities_asking check ((state = 'asking') = (next_at is not null));
-- A confirmation of before the duty compared the number with the papers, and nobody's identity.
update business_identities set confirmed_by = null, confirmed_at = null, method = null;
insert into business_identities (business_id, state, method, confirmed_at)
select id, 'verified', 'manual', coalesce(confirmed_at, created_at) from businesses where state = 'confirmed' and rev = 0
on conflict do nothing;
create index business_identities_due on business_identities (next_at) where state = 'asking';
-- Its owner is told how far it is.
create policy business_identities_own on business_identities for select
	using (exists (select from businesses b where b.id = business_id and b.account_id::text = current_actor()));
