import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { maxVoiceSeconds } from '$lib/domain/listings/schema.ts';
import type { Device } from '$lib/sync/app.svelte.ts';

/** Best first: Chromium and Firefox write WebM, older Firefox Ogg, Safari MP4 (from 18.4 on WebM as well). */
const kinds = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4'];
const pieceMs = 1_000;
/** Speech in Opus is clear at this rate, and a minute of it is 180 KB. */
const bitsPerSecond = 24_000;

export type VoiceTrouble =
	'denied' | 'no_microphone' | 'busy' | 'unsupported' | 'elsewhere' | 'full' | 'failed';

/**
 * Records a voice note of one listing. Every second goes to the store as it comes: a tab that is killed loses the last
 * one, and what it left is offered when the listing is opened again.
 */
export class VoiceRecorder {
	phase = $state<'idle' | 'asking' | 'recording' | 'keeping'>('idle');
	seconds = $state(0);
	/** Why it could not record, or had to stop without keeping everything. */
	trouble = $state.raw<VoiceTrouble | null>(null);
	/** The exchange's limits, said before it has to. */
	refused = $state.raw<Refusal | null>(null);
	/** Why it ended though nobody pressed stop. */
	ended = $state.raw<'limit' | 'hidden' | 'lost' | null>(null);
	/** What a recording that was cut short has left. */
	left = $state.raw<Blob | null>(null);

	readonly #device: Device;
	readonly #listingId: string;
	#stop: ((why: VoiceRecorder['ended']) => void) | null = null;

	constructor(device: Device, listingId: string) {
		this.#device = device;
		this.#listingId = listingId;
	}

	get #lock(): string {
		return `san-voice-${this.#listingId}`;
	}

	/** Looks for what an ended tab has left; what another tab is recording right now is not left. */
	async look(): Promise<void> {
		const held = (await navigator.locks?.query())?.held ?? [];
		if (this.phase !== 'idle' || held.some(({ name }) => name === this.#lock)) return;
		this.left = await this.#device.voice.unfinished(this.#listingId);
	}

	async start(): Promise<void> {
		if (this.phase !== 'idle') return;
		this.trouble = this.refused = this.ended = null;
		const type = kinds.find((kind) => globalThis.MediaRecorder?.isTypeSupported(kind));
		if (type === undefined || !navigator.mediaDevices?.getUserMedia) {
			this.trouble = 'unsupported';
			return;
		}
		this.phase = 'asking';
		try {
			if (navigator.locks)
				await navigator.locks.request(this.#lock, { ifAvailable: true }, (lock) =>
					lock ? this.#record(type) : this.#say('elsewhere')
				);
			else await this.#record(type);
		} catch (error) {
			this.#say(troubleOf(error));
		} finally {
			this.phase = 'idle';
		}
	}

	/** Ends the recording and keeps it. */
	stop(): void {
		this.#stop?.(null);
	}

	async keepLeft(): Promise<void> {
		this.phase = 'keeping';
		await this.#finish();
		this.phase = 'idle';
	}

	async dropLeft(): Promise<void> {
		await this.#device.voice.drop(this.#listingId);
		this.left = null;
	}

	#say(trouble: VoiceTrouble): void {
		this.trouble = trouble;
	}

	/** Called under the lock: nobody else records this listing now, so whatever lies there was left, and is offered first. */
	async #record(type: string): Promise<void> {
		this.left = await this.#device.voice.unfinished(this.#listingId);
		if (this.left !== null) return;
		const stream = await navigator.mediaDevices.getUserMedia({
			audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
		});
		const awake = await navigator.wakeLock?.request('screen').catch(() => null);
		try {
			await this.#fromStream(stream, type);
		} finally {
			for (const track of stream.getTracks()) track.stop();
			await awake?.release().catch(() => undefined);
		}
		this.phase = 'keeping';
		await this.#finish();
	}

	/** Resolves when the recording is over and every piece of it is stored, or no more of it could be. */
	async #fromStream(stream: MediaStream, type: string): Promise<void> {
		const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: bitsPerSecond });
		const over = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()));
		const end = (why: VoiceRecorder['ended']) => {
			if (recorder.state === 'inactive') return;
			this.ended = why;
			recorder.stop();
		};
		let nth = 0;
		let stored = Promise.resolve();
		let full = false;
		recorder.addEventListener('dataavailable', ({ data }) => {
			if (data.size === 0) return;
			stored = stored
				.then(async () => {
					if (full) return;
					const bytes = await data.arrayBuffer();
					await this.#device.voice.keepPiece(this.#listingId, { nth, type, bytes });
					nth += 1;
				})
				.catch(() => {
					full = true;
					this.#say('full');
					end(null);
				});
		});
		recorder.addEventListener('error', () => end('lost'));
		const [track] = stream.getAudioTracks();
		track?.addEventListener('ended', () => end('lost'));
		track?.addEventListener('mute', () => end('lost'));
		// Nobody is recorded from a pocket: a dark screen or another app ends it.
		const hidden = () => {
			if (document.visibilityState === 'hidden') end('hidden');
		};
		document.addEventListener('visibilitychange', hidden);
		this.#stop = end;
		recorder.start(pieceMs);
		this.seconds = 0;
		this.phase = 'recording';
		const began = performance.now();
		const clock = setInterval(() => {
			this.seconds = Math.min(maxVoiceSeconds, (performance.now() - began) / 1000);
			if (this.seconds >= maxVoiceSeconds) end('limit');
		}, 250);
		try {
			await over;
			await stored;
		} finally {
			clearInterval(clock);
			document.removeEventListener('visibilitychange', hidden);
			this.#stop = null;
		}
	}

	async #finish(): Promise<void> {
		const done = await this.#device.voice.finish(this.#listingId);
		if (done.ok) {
			this.left = null;
			return;
		}
		if (done.refusal.fields?.voice === 'storage') this.#say('full');
		else if (done.refusal.code === 'not_found') this.trouble ??= 'failed';
		else this.refused = done.refusal;
		this.ended = null;
		this.left = await this.#device.voice.unfinished(this.#listingId);
	}
}

function troubleOf(error: unknown): VoiceTrouble {
	const name = error instanceof DOMException ? error.name : '';
	if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
	if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no_microphone';
	return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed';
}
