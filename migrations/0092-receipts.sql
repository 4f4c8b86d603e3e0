-- What a person reads out of a command the exchange has received: the same as receiptCode of server/sync/canonical.ts.
create or replace function receipt_code(p_id uuid) returns text language plpgsql immutable parallel safe as $$
declare
	letters constant text := '23456789ABCDEFGHJKMNPQRSTVWXYZ';
	h constant bytea := sha256(p_id::text::bytea);
begin
	return substr(letters, get_byte(h, 0) % 30 + 1, 1) || substr(letters, get_byte(h, 1) % 30 + 1, 1)
		|| substr(letters, get_byte(h, 2) % 30 + 1, 1) || '-' || substr(letters, get_byte(h, 3) % 30 + 1, 1)
		|| substr(letters, get_byte(h, 4) % 30 + 1, 1) || substr(letters, get_byte(h, 5) % 30 + 1, 1);
end $$;

-- Under row policies an index serves no function that might leak, so that every command would be read for one code. The
-- owner's own look is under none, and gives ids alone.
drop policy if exists command_log_by_code on command_log;
create policy command_log_by_code on command_log for select to san_owner using (true);
create or replace function commands_by_receipt(p_code text) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
begin
	if not actor_is_system() then
		raise exception 'codes are looked up by the exchange itself' using errcode = 'insufficient_privilege';
	end if;
	return query select c.id from command_log c where receipt_code(c.id) collate "C" = p_code;
end $$;
revoke all on function commands_by_receipt(text) from public;
grant execute on function commands_by_receipt(text) to san_app;

-- Alone, outside a transaction: the log of commands may hold millions, and whoever writes it meanwhile does not wait.
drop index concurrently if exists command_log_receipt;
-- Alone, outside a transaction.
create index concurrently command_log_receipt on command_log ((receipt_code(id) collate "C"));
