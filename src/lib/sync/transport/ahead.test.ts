import { expect, test } from 'vitest';
import type { PackManifest } from '../protocol/packs.ts';
import { askingAhead } from './ahead.ts';
import { Unreachable } from './session.ts';
import type { Transport } from './transport.ts';

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const manifest: PackManifest = {
	epoch: 'e',
	serverTime: '2026-11-22T01:00:00.000Z',
	position: { version: 1, id: '' },
	first: { hash: 'first', sectorId: 's', wards: [], rows: 1, bytes: 1 },
	packs: ['one', 'two'].map((hash) => ({ hash, sectorId: 's', wards: [], rows: 1, bytes: 1 })),
	hidden: []
};

/** A line that writes down what it is asked, and is cut while `up` is false. */
function line() {
	const asked: string[] = [];
	const never = () => Promise.reject(new Error('not asked here'));
	const way = {
		up: true,
		asked,
		transport: {
			pull: never,
			push: never,
			session: never,
			events: () => () => undefined,
			manifest: async () => {
				asked.push('manifest');
				if (!way.up) throw new Unreachable('cut');
				return manifest;
			},
			pack: async (hash, anew) => {
				asked.push(anew ? `${hash} anew` : hash);
				return bytes(hash);
			}
		} satisfies Transport
	};
	return way;
}

test('sync 10: what was asked while the store opened is given once, then the exchange is asked again', async () => {
	const way = line();
	const transport = askingAhead(way.transport);
	transport.ahead(false);
	await expect.poll(() => way.asked).toEqual(['manifest', 'first']);
	transport.ahead(true);
	expect(await transport.manifest()).toBe(manifest);
	for (const hash of ['first', 'one', 'two']) expect(await transport.pack(hash, false)).toEqual(bytes(hash));
	expect(way.asked).toEqual(['manifest', 'first', 'one', 'two']);
	await transport.manifest();
	await transport.pack('first', true);
	await transport.pack('other', false);
	expect(way.asked.slice(4)).toEqual(['manifest', 'first anew', 'other']);
});

test('sync 10: a line that is cut while the store opens is heard of by who needs the manifest, and tried again', async () => {
	const way = line();
	const transport = askingAhead(way.transport);
	way.up = false;
	transport.ahead(true);
	await expect(transport.manifest()).rejects.toThrow(Unreachable);
	way.up = true;
	expect(await transport.manifest()).toBe(manifest);
	expect(await transport.pack('first', false)).toEqual(bytes('first'));
});

test('sync 10: the manifest and the first pack that were asked for ahead may be looked at before they are taken', async () => {
	const way = line();
	const transport = askingAhead(way.transport);
	expect(await transport.first()).toBeNull();
	transport.ahead(false);
	expect(await transport.first()).toEqual({ manifest, gzip: bytes('first') });
	expect(await transport.manifest()).toBe(manifest);
	expect(await transport.pack('first', false)).toEqual(bytes('first'));
	expect(way.asked).toEqual(['manifest', 'first']);
	way.up = false;
	const other = askingAhead(way.transport);
	other.ahead(false);
	expect(await other.first()).toBeNull();
});
