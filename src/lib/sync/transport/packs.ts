import { manifestPath, packFilePath, packManifest, type PackManifest } from '../protocol/packs.ts';
import { Unreachable } from './session.ts';

const timeoutMs = 60_000;
const noSuchPath = 404;
const superseded = 410;

async function ask(path: string, cache: RequestCache): Promise<Response> {
	const signal = AbortSignal.timeout(timeoutMs);
	return fetch(path, { cache, signal, credentials: 'omit' }).catch((cause: unknown) => {
		throw new Unreachable('the server did not answer', { cause });
	});
}

const body = <T>(read: Promise<T>): Promise<T> =>
	read.catch((cause: unknown) => {
		throw new Unreachable('the answer was cut short', { cause });
	});

/** What the catalogue is made of now; null = this server makes no packs (sync 10). */
export async function fetchManifest(): Promise<PackManifest | null> {
	const response = await ask(manifestPath, 'no-store');
	if (response.status === noSuchPath) return null;
	if (!response.ok) throw new Unreachable(`the server answered ${response.status}`);
	const json: unknown = await body(response.json());
	const parsed = packManifest.safeParse(json);
	if (!parsed.success) throw new Unreachable('not a manifest');
	return parsed.data;
}

/**
 * A pack as a file; null when it is superseded. The browser's cache keeps it for whoever signs in next on this
 * device; `anew` asks past it, after a text that was not what its name says.
 */
export async function fetchPack(hash: string, anew: boolean): Promise<ArrayBuffer | null> {
	const response = await ask(packFilePath(hash), anew ? 'reload' : 'default');
	if (response.status === superseded || response.status === noSuchPath) return null;
	if (!response.ok) throw new Unreachable(`the server answered ${response.status}`);
	return body(response.arrayBuffer());
}
