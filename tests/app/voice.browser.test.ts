import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { openPhone } from './device-world.ts';
import Screen from './Screen.svelte';

const stay = (event: MouseEvent) => {
	if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
};
beforeAll(async () => {
	document.addEventListener('click', stay);
	await openPhone();
});
beforeEach(() => page.viewport(360, 740));
afterEach(() => vi.restoreAllMocks());

/** A microphone that hears one tone: the recorder behind it is the browser's own. */
function microphone(): MediaStream {
	const audio = new AudioContext();
	const tone = audio.createOscillator();
	const heard = audio.createMediaStreamDestination();
	tone.connect(heard);
	tone.start();
	return heard.stream;
}
const withMicrophone = (answer: () => Promise<MediaStream> = async () => microphone()) =>
	vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(answer);

async function newListing() {
	const id = await device.drafts.create();
	const screen = await render(Screen, { pathname: `/app/sell/${id}` });
	await expect.element(button('Ghi âm')).toBeVisible();
	return { id, screen };
}
const button = (name: string) => page.getByRole('button', { name, exact: true });
const voiceOf = async (id: string) => (await device.drafts.get(id))?.content.voice ?? null;
/** Speaks until something of it is stored. */
async function speaks(id: string): Promise<void> {
	await userEvent.click(button('Ghi âm'));
	await expect.element(button('Dừng ghi')).toBeVisible();
	await expect.poll(() => device.voice.unfinished(id), { timeout: 20_000 }).not.toBeNull();
}

test('sync 5: a voice note is recorded without a network and waits on the phone like a photo', async () => {
	withMicrophone();
	const { id } = await newListing();
	await speaks(id);
	await userEvent.click(button('Dừng ghi'));
	await expect.element(page.getByLabelText('Nghe lời ghi âm')).toBeVisible();
	await expect.element(page.getByText('trên máy này, chưa gửi')).toBeVisible();
	const player = page.getByLabelText('Nghe lời ghi âm').element();
	if (!(player instanceof HTMLAudioElement)) throw new Error('no player');
	// The recorder's file has no length of its own; a person sees one all the same, from the beginning.
	await expect.poll(() => Number.isFinite(player.duration) && player.currentTime === 0).toBe(true);
	const hash = (await voiceOf(id)) ?? '';
	expect(hash).toMatch(/^[0-9a-f]{64}$/);
	expect(await device.voice.unfinished(id)).toBeNull();
	const kept = await fetch(device.photos.src(hash) ?? '');
	expect(kept.headers.get('content-type')).toBe('audio/webm');
	const name = await crypto.subtle.digest('SHA-256', await kept.arrayBuffer());
	expect([...new Uint8Array(name)].map((byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(hash);

	await userEvent.click(button('Bỏ lời ghi âm'));
	await expect.poll(() => voiceOf(id)).toBeNull();
	await expect.element(button('Ghi âm')).toBeVisible();
});

test('sync 5: what a killed tab had recorded is offered, can be heard, and is kept', async () => {
	const { id, screen } = await newListing();
	await screen.unmount();
	// The tab is gone in the middle: pieces lie in the store and nobody finished them.
	const pieces: Blob[] = [];
	const recorder = new MediaRecorder(microphone(), { mimeType: 'audio/webm;codecs=opus' });
	recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
	recorder.start(300);
	await expect.poll(() => pieces.length, { timeout: 10_000 }).toBeGreaterThan(2);
	for (const [nth, piece] of pieces.slice(0, 3).entries())
		await device.voice.keepPiece(id, { nth, type: piece.type, bytes: await piece.arrayBuffer() });
	recorder.stop();

	await render(Screen, { pathname: `/app/sell/${id}` });
	await expect.element(page.getByText('Lần ghi trước bị ngắt giữa chừng')).toBeVisible();
	const player = page.getByLabelText('Lần ghi trước bị ngắt giữa chừng').element();
	if (!(player instanceof HTMLAudioElement)) throw new Error('no player');
	await expect.poll(() => player.readyState, { timeout: 10_000 }).toBeGreaterThan(0);
	await userEvent.click(button('Giữ đoạn này'));
	await expect.poll(() => voiceOf(id)).toMatch(/^[0-9a-f]{64}$/);
	expect(await device.voice.unfinished(id)).toBeNull();
});

test('sync 5: what another tab was recording when it was killed is offered here, not recorded over', async () => {
	withMicrophone();
	let killed: () => void = () => undefined;
	const id = await device.drafts.create();
	await new Promise<void>((held) => {
		void navigator.locks.request(`san-voice-${id}`, () => {
			held();
			return new Promise<void>((resolve) => (killed = resolve));
		});
	});
	const spoken = new TextEncoder().encode('lời của bà Tư').buffer;
	await device.voice.keepPiece(id, { nth: 0, type: 'audio/webm', bytes: spoken });
	// The other tab is at it: nothing is left yet.
	await render(Screen, { pathname: `/app/sell/${id}` });
	await userEvent.click(button('Ghi âm'));
	await expect.element(page.getByText('Tin này đang được ghi âm ở một trang khác')).toBeVisible();
	killed();
	await userEvent.click(button('Ghi âm'));
	await expect.element(page.getByText('Lần ghi trước bị ngắt giữa chừng')).toBeVisible();
	expect(await (await device.voice.unfinished(id))?.text()).toBe('lời của bà Tư');
});

test('sync 5: a dark screen ends the recording and keeps what was said', async () => {
	withMicrophone();
	const { id } = await newListing();
	await speaks(id);
	const dark = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
	document.dispatchEvent(new Event('visibilitychange'));
	dark.mockRestore();
	await expect.element(page.getByText(/^Máy tắt màn hình hoặc chuyển sang việc khác/)).toBeVisible();
	expect(await voiceOf(id)).toMatch(/^[0-9a-f]{64}$/);
});

test('sync 5: after a minute the recording ends by itself, is kept whole and says why', async () => {
	withMicrophone();
	let ahead = 0;
	const now = performance.now.bind(performance);
	vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
	const { id } = await newListing();
	await speaks(id);
	ahead = 35_000;
	await expect.element(page.getByText(/^0:[345]\d \/ 1:00$/)).toBeVisible();
	await expect.element(button('Dừng ghi')).toBeVisible();
	ahead = 60_000;
	await expect.element(page.getByText('Đủ một phút nên máy dừng ghi. Lời ghi đã được giữ.')).toBeVisible();
	await expect.element(button('Dừng ghi')).not.toBeInTheDocument();
	await expect.element(page.getByLabelText('Nghe lời ghi âm')).toBeVisible();
	const hash = (await voiceOf(id)) ?? '';
	const kept = await (await fetch(device.photos.src(hash) ?? '')).arrayBuffer();
	// At least the second that was stored before the clock went on.
	expect(kept.byteLength).toBeGreaterThan(1_000);
	expect(await device.voice.unfinished(id)).toBeNull();
});

test('sync 5: leaving the screen while speaking keeps what was said', async () => {
	withMicrophone();
	const { id, screen } = await newListing();
	await speaks(id);
	await screen.unmount();
	await expect.poll(() => voiceOf(id), { timeout: 10_000 }).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
	['NotAllowedError', 'Máy chưa cho phép dùng micro'],
	['NotFoundError', 'Máy này không có micro'],
	['NotReadableError', 'Micro đang được dùng ở chỗ khác']
])('sync 5: %s is said in words, and the listing goes on without', async (name, words) => {
	withMicrophone(() => Promise.reject(new DOMException('no', name)));
	await newListing();
	await userEvent.click(button('Ghi âm'));
	await expect.element(page.getByText(words)).toBeVisible();
	await expect.element(button('Ghi âm')).toBeVisible();
});

test('sync 5: a browser that cannot record says so', async () => {
	vi.stubGlobal('MediaRecorder', undefined);
	await newListing();
	await userEvent.click(button('Ghi âm'));
	await expect.element(page.getByText('Trình duyệt này chưa ghi âm được')).toBeVisible();
	vi.unstubAllGlobals();
});
