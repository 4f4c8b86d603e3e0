import type { RulePack } from '$lib/domain/agencies/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import type { Projection } from '$lib/server/sync/publish.ts';
import { currentPack } from './pack.ts';
import { findPackKey, listWards } from './queries.ts';

/** `pack` and `wards`, for everyone: the regulation's parameters are public. */
export async function projectReference(tx: Tx, id: string): Promise<Projection<'reference'>[]> {
	if (id === 'wards') {
		const wards = (await listWards(tx)).map((ward) => ({ ...ward, formerly: [...ward.formerly] }));
		return [{ audience: 'public', doc: { id: 'wards', wards } }];
	}
	const current = id === 'pack' ? await findPackKey(tx) : null;
	if (!current) return [];
	return [{ audience: 'public', doc: { id: 'pack', pack: withoutThePast(await currentPack(tx)) } }];
}

/** Who was a focal point once is for the record, and not for every device. */
function withoutThePast(pack: RulePack): RulePack {
	const open = (points: NonNullable<RulePack['agencies'][number]['focalPoints']>) =>
		points.filter((point, at) => point.effectiveTo === null || at === points.length - 2);
	return {
		...pack,
		agencies: pack.agencies.map(({ focalPoints, ...agency }) =>
			focalPoints ? { ...agency, focalPoints: open(focalPoints) } : agency
		)
	};
}
