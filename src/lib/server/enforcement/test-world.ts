import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import {
	businessOf,
	people,
	type Exchange,
	type Goods,
	type Person
} from '../../../../tests/world/exchange.ts';
import type { TakeMeasure, TargetRef } from '$lib/domain/enforcement/schema.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { liftMeasure, takeMeasure } from './service.ts';

export const ofBusiness = (person: Person): TargetRef => ({ kind: 'business', id: businessOf(person) });
export const ofAccount = (person: Person): TargetRef => ({ kind: 'account', id: person.id });
export const ofGoods = (goods: Goods): TargetRef => ({ kind: 'listing', id: goods.id });

/** What an officer does to lock something, in one line. `hang-cam` acts at once, `thong-tin-sai` after notice. */
export function enforcing(exchange: Exchange) {
	const input = (target: TargetRef, changes: Partial<TakeMeasure> = {}): TakeMeasure => ({
		measureId: randomUUID(),
		agencyId: 'so-nnmt',
		target,
		step: target.kind === 'listing' ? 'hide_product' : 'suspend',
		groundId: 'hang-cam',
		source: 'buyer_report',
		reason: 'Bán chim hoang dã, hai người mua phản ánh',
		evidence: 'Ảnh chụp tin, hai phản ánh ngày 18/11',
		files: [],
		untilDay: null,
		bodyId: null,
		papers: '',
		...changes
	});
	const takes = async (
		person: Person,
		target: TargetRef,
		changes: Partial<TakeMeasure> = {},
		now = new Date().toISOString()
	) => takeMeasure(exchange.db, await exchange.actorNow(person, now), input(target, changes), now);
	return {
		input,
		takes,
		/** The same, where a refusal is a fault of the test. Returns the measure's id. */
		async locks(
			person: Person,
			target: TargetRef,
			changes: Partial<TakeMeasure> = {},
			now?: string
		): Promise<string> {
			const done = await takes(person, target, changes, now);
			if (!done.ok) throw new Error(JSON.stringify(done.refusal));
			return done.value.id;
		},
		async lifts(person: Person, measureId: string, now = new Date().toISOString()) {
			return liftMeasure(
				exchange.db,
				await exchange.actorNow(person, now),
				{ measureId, reason: 'Khóa nhầm cơ sở' },
				now
			);
		},
		stateOf: async (measureId: string): Promise<string | undefined> =>
			transaction(exchange.db, 'system:test', async (tx) => {
				const [row] = await tx<{ state: string }[]>`select state from measures where id = ${measureId}`;
				return row?.state;
			}),
		accountState: async (person: Person): Promise<string | undefined> =>
			(await exchange.db<{ state: string }[]>`select state from accounts where id = ${person.id}`)[0]?.state,
		/** A session as a device holds one. */
		async opensSession(person: Person): Promise<string> {
			const id = randomUUID();
			await exchange.auth`
				insert into sessions (id, user_id, expires_at) values (${id}, ${person.id}, now() + interval '1 day')`;
			return id;
		},
		async expectPublic(goods: Goods, is: boolean): Promise<void> {
			const doc = await exchange.feed('public', 'listings', goods.id);
			if (is) expect(doc).toMatchObject({ id: goods.id });
			else expect(doc ?? null).toBeNull();
			const live = await exchange.db`select id from public_files where listing_id = ${goods.id} and live`;
			expect(live.length > 0).toBe(is);
		}
	};
}

export const { batu, chuba, chilan, anhminh, chihanh, bacsau, coyen, quantri } = people;
