-- The certificate of the goods themselves that ran out and that their sector cannot do without (TG-6.3, TG-7.1a): what was
-- approved is hidden while it stands here, and keeps its state as goods of a closed sector do (decision 037).
alter table listings add column hidden_for text;

-- The first last day among certificates, `2027-03-15`, so that the day's job reads the goods that have one and no others.
create function first_certificate_end(content jsonb) returns text
	language sql immutable parallel safe set search_path = public as
$$ select min(c ->> 'expiresOn') from jsonb_array_elements(content -> 'certificates') c $$;
create index listings_certificates_end on listings (first_certificate_end(published_content), business_id)
	where published_content is not null;

-- What a seller was told about the last day of a certificate, each once however often the job runs. `days` = the warning of
-- the pack that was due; 0 = it has run out.
create table certificate_notices (
	business_id uuid not null references businesses (id),
	certificate text not null,
	number text not null,
	expires_on date not null,
	days int not null check (days >= 0),
	told_at timestamptz not null,
	primary key (business_id, certificate, number, expires_on, days)
);
alter table certificate_notices enable row level security;
alter table certificate_notices force row level security;
create policy certificate_notices_system on certificate_notices using (actor_is_system());
grant select, insert on certificate_notices to san_app;
