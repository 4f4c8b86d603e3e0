-- The chain of the record is made where its lines are: they need not travel to the program and their seals back.
create function audit_link(previous bytea, line text, first bytea) returns bytea
language plpgsql immutable parallel safe as
$$ begin return sha256(coalesce(previous, first) || convert_to(line, 'UTF8')); end $$;
-- As a window over lines in their order: the seal of each, the first of which follows the seal `first`.
create aggregate audit_chain(line text, first bytea) (sfunc = audit_link, stype = bytea);
