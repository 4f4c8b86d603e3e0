-- How many codes an officer has looked up in the last minutes is counted in the record itself, at each lookup.
create index audit_log_receipt_lookups on audit_log (actor, at) where action = 'receipt.looked_up';
