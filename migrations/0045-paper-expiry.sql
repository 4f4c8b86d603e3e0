-- What an owner was told about the last day of a paper, each once however often the job runs (TG-12). `days` = the warning
-- of the pack that was due; 0 = it has run out.
create table paper_notices (
	business_id uuid not null references businesses (id),
	paper text not null,
	expires_on date not null,
	days int not null check (days >= 0),
	told_at timestamptz not null,
	primary key (business_id, paper, expires_on, days)
);
alter table paper_notices enable row level security;
alter table paper_notices force row level security;
create policy paper_notices_system on paper_notices using (actor_is_system());
grant select, insert on paper_notices to san_app;
