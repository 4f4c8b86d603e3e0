-- The record is linked after the commit, by one sealer, in the order of the horizon: chaining inside the writing
-- transactions would let one commit wait for the other. A seal a line; a signed head a round (TG-19.5).
create table audit_seals (
	seq bigint primary key,
	audit_id bigint not null unique,
	-- SHA-256 over the seal before and the line as it stands.
	hash bytea not null
);
create trigger audit_seals_append_only before update or delete on audit_seals
	for each row execute function refuse_change();
create trigger audit_seals_no_truncate before truncate on audit_seals
	for each statement execute function refuse_change();
grant select, insert on audit_seals to san_app;

create table audit_heads (
	n bigint generated always as identity primary key,
	epoch uuid not null,
	-- The last seal it covers.
	seq bigint not null,
	hash bytea not null,
	-- Every line of a transaction below it is sealed.
	horizon bigint not null,
	at timestamptz not null,
	-- Digest of the head before; empty for the first.
	prev bytea not null,
	key text not null,
	signature bytea not null
);
create index audit_heads_seq on audit_heads (seq);
create trigger audit_heads_append_only before update or delete on audit_heads
	for each row execute function refuse_change();
create trigger audit_heads_no_truncate before truncate on audit_heads
	for each statement execute function refuse_change();
grant select, insert on audit_heads to san_app;

-- The last head of each day, for everybody to keep: whoever has one can show that what it covers was not changed later.
create table audit_roots (
	day date primary key,
	head_n bigint not null references audit_heads (n)
);
create trigger audit_roots_append_only before update or delete on audit_roots
	for each row execute function refuse_change();
create trigger audit_roots_no_truncate before truncate on audit_roots
	for each statement execute function refuse_change();
grant select, insert on audit_roots to san_app;

create index audit_log_by_horizon on audit_log (xid, id);
