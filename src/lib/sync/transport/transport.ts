import type { PackManifest } from '../protocol/packs.ts';
import type {
	Poke,
	PullAnswer,
	PullRequest,
	PushAnswer,
	PushRequest,
	SessionAnswer
} from '../protocol/wire.ts';

/** A connection that died without a word must not hold the engine for ever. */
export const requestTimeoutMs = 60_000;

/** The way to the server. A rejected promise means: no answer, and nobody knows whether it arrived. */
export type Transport = {
	pull(request: PullRequest): Promise<PullAnswer>;
	push(request: PushRequest): Promise<PushAnswer>;
	/** What the catalogue is made of now; null = this server makes no packs (sync 10). */
	manifest(): Promise<PackManifest | null>;
	/** A pack's text as a gzip file; null = superseded, a newer manifest names another. `anew`: past every cache on the way. */
	pack(hash: string, anew: boolean): Promise<ArrayBuffer | null>;
	session(): Promise<SessionAnswer>;
	/** Follows the server's pokes until the returned function is called (sync 11). */
	events(on: { poke: (poke: Poke) => void; connected: (connected: boolean) => void }): () => void;
};

/** The server will never take this request as it is: sending it again is no use. */
export class Unacceptable extends Error {
	override readonly name = 'Unacceptable';
}
