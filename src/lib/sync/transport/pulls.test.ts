import { afterEach, expect, test, vi } from 'vitest';
import { protocolVersion } from '../protocol/version.ts';
import type { PullRequest } from '../protocol/wire.ts';
import { pullTogether } from './pulls.ts';

afterEach(() => vi.unstubAllGlobals());

const ask = (collection: PullRequest['collection']) =>
	pullTogether({ protocol: protocolVersion, actorId: null, collection, positions: {}, limit: 500 });

test('sync 11: pulls of one moment are one request, each gets its own answer or none', async () => {
	const sent: { url: string; body: unknown }[] = [];
	vi.stubGlobal('fetch', (url: string, { body }: { body: string }) => {
		sent.push({ url, body: JSON.parse(body) });
		return Promise.resolve(Response.json([{ result: { data: { outcome: 'upgrade' } } }, { error: {} }]));
	});
	const [orders, notices] = await Promise.allSettled([ask('orders'), ask('notifications')]);
	expect(sent).toMatchObject([
		{
			url: '/api/trpc/sync.pull,sync.pull?batch=1',
			body: { 0: { collection: 'orders' }, 1: { collection: 'notifications' } }
		}
	]);
	expect(orders).toEqual({ status: 'fulfilled', value: { outcome: 'upgrade' } });
	expect(notices).toMatchObject({ status: 'rejected', reason: { name: 'Unreachable' } });

	// One by itself, and a server that is not there.
	vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
	await expect(ask('orders')).rejects.toMatchObject({ name: 'Unreachable' });
});
