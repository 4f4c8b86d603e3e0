import { afterEach, expect, test } from 'vitest';
import { pictureFor, picturePath } from './picture-cache.ts';

/** A server whose pictures may be withdrawn and whose network may be cut. */
class Server {
	readonly asked: string[] = [];
	status = 200;
	reachable = true;
	usage = 10;
	readonly behind: Promise<unknown>[] = [];

	fetch = (request: Request): Promise<Response> => {
		this.asked.push(new URL(request.url).pathname);
		if (!this.reachable) return Promise.reject(new TypeError('Failed to fetch'));
		const body = this.status === 200 ? `picture ${this.asked.length}` : null;
		return Promise.resolve(new Response(body, { status: this.status }));
	};

	async get(path: string): Promise<Response> {
		const response = await pictureFor(new Request(new URL(path, location.origin)), {
			caches,
			fetch: this.fetch,
			estimate: () => Promise.resolve({ usage: this.usage, quota: 100 }),
			later: (work) => void this.behind.push(work)
		});
		return response;
	}

	async settled(): Promise<void> {
		await Promise.all(this.behind.splice(0));
	}
}

const address = (n: number, kind = 'thumb') => `/media/${String(n).padStart(22, 'a')}/${kind}.webp`;
const held = async (): Promise<string[]> => {
	const found: string[] = [];
	for (const name of await caches.keys())
		for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
	return found;
};

afterEach(async () => {
	for (const name of await caches.keys()) await caches.delete(name);
});

test('a picture seen once is there without a network', async () => {
	const server = new Server();
	expect(await (await server.get(address(1))).text()).toBe('picture 1');
	server.reachable = false;
	expect(await (await server.get(address(1))).text()).toBe('picture 1');
	await server.settled();
	expect(await held()).toEqual([address(1)]);
});

test('a picture never seen is an error without a network, not a wrong picture', async () => {
	const server = new Server();
	server.reachable = false;
	await expect(server.get(address(2))).rejects.toThrow('Failed to fetch');
});

test.each([404, 410])('TG-15.1 a picture that was withdrawn (%i) leaves the device', async (status) => {
	const server = new Server();
	await server.get(address(3));
	server.status = status;
	await server.get(address(3));
	await server.settled();
	expect(await held()).toEqual([]);
	expect((await server.get(address(3))).status).toBe(status);
});

test('a server in trouble takes nothing away', async () => {
	const server = new Server();
	await server.get(address(4));
	server.status = 503;
	expect((await server.get(address(4))).status).toBe(200);
	await server.settled();
	expect(await held()).toEqual([address(4)]);
});

test('the pictures kept are bounded, and the ones not looked at for longest go first', async () => {
	const server = new Server();
	for (let n = 0; n < 80; n++) await server.get(address(n, 'detail'));
	await server.get(address(0, 'detail'));
	await server.settled();
	await server.get(address(80, 'detail'));
	const kept = await held();
	expect(kept).toHaveLength(80);
	expect(kept).toContain(address(0, 'detail'));
	expect(kept).not.toContain(address(1, 'detail'));
});

test.each([
	'/api/files/private/0b9e3f0a-3c53-4f0e-8d5a-0d3f5a4be111/thumb',
	'/media/../api/session',
	'/media/short/thumb.webp',
	'/media/aaaaaaaaaaaaaaaaaaaaaa/original.jpg',
	'/app/buy'
])('sync 5: what is not a public picture is none of the cache’s business: %s', (path) => {
	expect(picturePath.test(path)).toBe(false);
});

test('sync 15: on a crowded phone pictures are shown and no longer kept', async () => {
	const server = new Server();
	server.usage = 81;
	expect(await (await server.get(address(1))).text()).toBe('picture 1');
	expect(await (await server.get(address(1))).text()).toBe('picture 2');
	expect(await held()).toEqual([]);
	server.usage = 80;
	await server.get(address(1));
	expect(await held()).toEqual([address(1)]);
});
