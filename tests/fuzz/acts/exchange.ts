import { people } from '../../world/exchange.ts';
import { nothing, type Doing } from './doing.ts';

export const lockSeller: Doing = async (story, _, random) => {
	if (story.exchange.sellerLocked || random.chance(0.5)) return nothing;
	await story.exchange.lockSeller(people.batu);
	return 'bà Tư';
};

export const lockAccount: Doing = async (story, on) => {
	const locked = !story.exchange.locked.has(on.person.id);
	await story.exchange.lockAccount(on.person, locked);
	return `${on.person.userName} ${locked ? 'locked' : 'unlocked'}`;
};

export const newEpoch: Doing = async (story) => {
	await story.exchange.newEpoch();
	return 'everything is read again';
};

export const slowWriter: Doing = async (story, on, random) => {
	await story.exchange.beginSlowWrite(on.person, random.uuid(), random.uuid());
	return 'begins, or commits';
};

export const backup: Doing = async (story) => {
	await story.exchange.backup();
	return 'a backup is made';
};

export const restore: Doing = async (story) =>
	(await story.exchange.restore()) ? 'the exchange is as it was at the backup' : nothing;

export const packGoods: Doing = async (story) => {
	await story.exchange.packGoods();
	return 'the catalogue is packed';
};

export const compact: Doing = async (story) => {
	await story.exchange.compact();
	return 'tombstones are taken away';
};
