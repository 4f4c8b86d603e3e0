import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { openDiskStore } from '$lib/server/files/store.ts';
import { serveUploads, type UploadServer } from '$lib/server/files/testing/upload-server.ts';
import { openUploads, type UploadReceiver } from '$lib/server/files/uploads.ts';
import { PhotoUploader } from '$lib/sync/blobs/uploader.ts';
import type { Store } from '$lib/sync/store/store.ts';
import type { Exchange, Person } from '../world/exchange.ts';
import type { Random } from './random.ts';
import type { Sabotage } from './sabotage.ts';

/** A small picture that was never taken before in this story. */
export async function takePicture(random: Random): Promise<ArrayBuffer> {
	const raw = { width: 16, height: 16, channels: 3 } as const;
	const dots = Buffer.from(Array.from({ length: 16 * 16 * 3 }, () => random.below(256)));
	return new Uint8Array(await sharp(dots, { raw }).jpeg().toBuffer()).buffer;
}

/** The exchange's receiver of photos over HTTP, one address a person, and the device's uploader before it. */
export class PhotoDesk {
	readonly #servers = new Map<string, Promise<UploadServer>>();
	/** Cuts the line in the middle of requests; null = it is a good one. */
	trouble: Random | null = null;
	sabotage: Sabotage | null = null;

	private constructor(
		readonly receiver: UploadReceiver,
		readonly dataDir: string,
		readonly faults: string[]
	) {}

	static async open({ db }: Exchange): Promise<PhotoDesk> {
		const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'san-fuzz-'));
		const faults: string[] = [];
		const uploads = openUploads({
			db,
			files: openDiskStore(dataDir),
			dataDir,
			now: () => new Date(performance.timeOrigin + performance.now()).toISOString(),
			log: { error: (facts) => void faults.push(JSON.stringify(facts)) }
		});
		// The question before sending has a route of its own in the program.
		const receiver: UploadReceiver = {
			...uploads,
			handle: async (request, ownerId) =>
				request.method === 'GET'
					? Response.json(await uploads.stateOf(ownerId, new URL(request.url).searchParams.get('hash') ?? ''))
					: uploads.handle(request, ownerId)
		};
		return new PhotoDesk(receiver, dataDir, faults);
	}

	/** Sends what waits on this device; `later` and `stop` leave the rest for another time. */
	async send(store: Store, person: Person): Promise<'done' | 'later' | 'stop'> {
		const { endpoint } = await this.#server(person);
		const uploader = new PhotoUploader({
			store,
			endpoint,
			fault: (error) => void this.faults.push(String(error))
		});
		return uploader.sendAll();
	}

	async close(): Promise<void> {
		for (const server of this.#servers.values()) await (await server).close();
		await fs.rm(this.dataDir, { recursive: true, force: true });
	}

	#handle(request: Request, ownerId: string): Promise<Response> {
		if (this.sabotage === 'deaf to photos') return Promise.resolve(new Response(null, { status: 503 }));
		if (this.sabotage === 'choosy about photos' && request.method === 'GET')
			return Promise.resolve(Response.json({ state: 'refused', refusal: { code: 'upload_not_an_image' } }));
		return this.receiver.handle(request, ownerId);
	}

	#server(person: Person): Promise<UploadServer> {
		const known = this.#servers.get(person.id);
		if (known) return known;
		const cutAfter = () => (this.trouble?.chance(0.3) ? this.trouble.below(1_500) : null);
		const receiver = { ...this.receiver, handle: this.#handle.bind(this) };
		const server = serveUploads(receiver, person.id, { cutAfter });
		this.#servers.set(person.id, server);
		return server;
	}
}
