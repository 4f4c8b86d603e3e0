import { rulePackSchema } from '$lib/domain/agencies/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import type { Projection } from '$lib/server/sync/publish.ts';
import { findPack, findPackKey, listWards } from './queries.ts';

/** `pack` and `wards`, for everyone: the regulation's parameters are public. */
export async function projectReference(tx: Tx, id: string): Promise<Projection<'reference'>[]> {
	if (id === 'wards') {
		const wards = (await listWards(tx)).map((ward) => ({ ...ward, formerly: [...ward.formerly] }));
		return [{ audience: 'public', doc: { id: 'wards', wards } }];
	}
	const current = id === 'pack' ? await findPackKey(tx) : null;
	if (!current) return [];
	return [
		{ audience: 'public', doc: { id: 'pack', pack: rulePackSchema.parse(await findPack(tx, current.id)) } }
	];
}
