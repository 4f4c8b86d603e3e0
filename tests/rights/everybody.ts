import type { Actor, Role } from '$lib/domain/accounts/permissions.ts';
import { stableId } from '$lib/server/seed/people.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { openExchange, people, type Exchange, type Person } from '../world/exchange.ts';

/** Somebody who asks: one of every role, and those who have none. `actor` null = nobody's session stands behind it. */
export type Asker = { readonly name: string; readonly caller: Caller; readonly actor: Actor | null };

const staff = (userName: string, name: string, role: Role, post: Person['post'] = null): Person => ({
	id: stableId(`person:${userName}`),
	userName,
	name,
	phone: '',
	email: '',
	roles: [role],
	post
});
export const askingPeople = {
	...people,
	board: staff('bandieuhanh', 'Nguyễn Ban', 'board'),
	partner: staff('phoihop', 'Trần Hợp', 'agency', { agencyId: 'so-nnmt', role: 'agency' }),
	supervisor: staff('giamsat', 'Lê Giám', 'supervisor'),
	/** An officer whose post has ended: the role alone is left. */
	retired: staff('nghihuu', 'Đỗ Hưu', 'officer')
};

/** An exchange with one person of every role. */
export const openRightsExchange = (): Promise<Exchange> => openExchange({ members: Object.values(askers) });

const askers = {
	buyer: askingPeople.chilan,
	seller: askingPeople.batu,
	'another seller': askingPeople.chuba,
	officer: askingPeople.anhminh,
	lead: askingPeople.bacsau,
	'officer elsewhere': askingPeople.coyen,
	'officer without a post': askingPeople.retired,
	board: askingPeople.board,
	agency: askingPeople.partner,
	supervisor: askingPeople.supervisor,
	administrator: askingPeople.quantri,
	operator: askingPeople.vanhanh
} as const satisfies Readonly<Record<string, Person>>;

/** Everybody, as the server knows them at this moment. */
export async function everybody(exchange: Exchange): Promise<Asker[]> {
	const now = new Date().toISOString();
	const known = await Promise.all(
		Object.entries(askers).map(async ([name, person]): Promise<Asker> => {
			const actor = await exchange.actorNow(person, now);
			return { name, actor, caller: { kind: 'actor', actor, sessionId: `session of ${name}` } };
		})
	);
	return [
		...known,
		{ name: 'nobody', actor: null, caller: { kind: 'nobody' } },
		{ name: 'locked', actor: null, caller: { kind: 'ended', why: 'locked' } }
	];
}
