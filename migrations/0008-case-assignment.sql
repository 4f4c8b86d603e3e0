-- The officer who waited longest gets the next case: found by the latest case each one holds.
create index cases_assignee_latest on cases (assignee_id, received_at desc);
