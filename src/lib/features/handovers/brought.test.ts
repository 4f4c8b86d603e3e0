import { expect, test } from 'vitest';
import type { KeptCommand, WorkHeader } from '$lib/sync/protocol/work-file.ts';
import { broughtIn } from './brought.ts';

const uuid = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const at = '2026-11-22T01:00:00.000Z';
const command = (nth: number, more: Partial<KeptCommand>): KeptCommand => ({
	id: uuid(nth),
	seq: nth,
	name: 'order.advance',
	input: {},
	deviceTime: at,
	after: [],
	blobs: [],
	refusal: null,
	receivedAt: null,
	goods: null,
	...more
});
const fileOf = (commands: KeptCommand[]) => {
	const header: WorkHeader = {
		version: 1,
		fileId: uuid(100),
		exportedAt: at,
		protocol: 2,
		owner: { id: uuid(101), name: 'Nguyễn Thị Tư' },
		deviceId: uuid(102),
		epoch: null,
		commands,
		drafts: [],
		saves: [],
		blobs: [],
		recordings: [],
		business: null,
		parts: [],
		unread: [],
		unfit: []
	};
	return { header, cut: false, part: () => Promise.resolve(null) };
};

test('sync 2, 15: what is handed in waits only for what the file still speaks of', () => {
	const [gone, first, refused] = [uuid(1), uuid(2), uuid(3)];
	const { commands } = broughtIn(
		fileOf([
			command(2, {}),
			command(3, { refusal: { code: 'price_changed' }, receivedAt: at }),
			command(4, { after: [gone, first, refused] })
		])
	);
	expect(commands.map(({ id, after }) => ({ id, after }))).toEqual([
		{ id: first, after: [] },
		{ id: uuid(4), after: [first, refused] }
	]);
});
