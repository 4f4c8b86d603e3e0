import { expect, test } from 'vitest';
import { permissionNames } from '$lib/domain/accounts/permissions.ts';
import { commandRights, procedureRights } from '$lib/server/rights.ts';
import { describeRights } from './rights.ts';

test('TG-3.4 the table that is printed has every right, and everything that stands under one', () => {
	const lines = describeRights();
	for (const permission of permissionNames) expect(lines).toContain(permission);
	const all = lines.join('\n');
	for (const name of [...Object.keys(procedureRights), ...Object.keys(commandRights)])
		expect(all).toContain(name);
	const at = lines.indexOf('role.grant');
	expect(lines.slice(at, at + 3)).toEqual(['role.grant', '    administrator: tất cả', '      grants.people']);
	expect(all).toContain('PAGE /[[lang=lang]]/catalogue: public, and never asks who is there');
});
