-- Roles of people who work with the exchange without a desk in a department: members of its board, users of agencies that
-- take part, supervisors.
alter table accounts drop constraint accounts_roles_check;
alter table accounts add constraint accounts_roles_check check (roles <@ array['buyer', 'seller', 'officer', 'lead',
	'board', 'agency', 'supervisor', 'administrator', 'operator']);
-- An `agency` post belongs to an agency and sees no case of it.
alter table posts drop constraint posts_role_check;
alter table posts add constraint posts_role_check check (role in ('officer', 'lead', 'agency'));
