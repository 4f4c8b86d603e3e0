/** The database roles. `san_owner` owns every object, the other two own nothing. */
export const roles = { owner: 'san_owner', app: 'san_app', auth: 'san_auth', login: 'san_login' } as const;

/** What a pool may act as. */
export type DatabaseRole = 'san_owner' | 'san_app' | 'san_auth';

/** Longest write transaction of the app: it is also the worst lag of every device (sync 7). */
export const transactionTimeoutMs = 15_000;
export const idleInTransactionTimeoutMs = 10_000;

/**
 * Creates the roles that are missing, for whoever may (a superuser or CREATEROLE). Safe to repeat. The caller becomes a
 * member, so that a pool can take the role on at connect.
 */
export const createRolesSql = `
do $$
declare
	wanted text;
begin
	foreach wanted in array array['${roles.owner}', '${roles.app}', '${roles.auth}'] loop
		if not exists (select from pg_roles where rolname = wanted) then
			execute format('create role %I nologin', wanted);
		end if;
		if wanted <> current_user and not pg_has_role(current_user, wanted, 'set') then
			execute format('grant %I to current_user with inherit false, set true', wanted);
		end if;
	end loop;
	-- The seed and the command line act through the app's own services, so the owner may become the app.
	grant ${roles.app}, ${roles.auth} to ${roles.owner} with inherit false, set true;
end
$$;`;
