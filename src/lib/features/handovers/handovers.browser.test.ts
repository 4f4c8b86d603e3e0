import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { HandIn, HandoverView } from '$lib/domain/handovers/schema.ts';
import { no, ok } from '$lib/domain/kernel/refusal.ts';
import { sha256 } from '$lib/sync/protocol/sha256.ts';
import { writeWorkFile, type WorkHeader } from '$lib/sync/protocol/work-file.ts';
import { violationsOf } from '../../../../tests/world/axe.ts';
import HandInView from './HandInView.svelte';
import HandoversView from './HandoversView.svelte';
import type { HandoversOnline } from './online.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-11-20T01:12:00.000Z';
const clerk: Actor = {
	id: uuid(1),
	name: 'Lê Quang Minh',
	roles: ['officer'],
	posts: [{ agencyId: 'so-nnmt', role: 'officer' }],
	businessId: null
};
const photo = new TextEncoder().encode('một tấm hình').buffer;

async function workFile(changes: Partial<WorkHeader> = {}): Promise<File> {
	const hash = await sha256(photo);
	const command = {
		id: uuid(7),
		seq: 1,
		name: 'listing.withdraw',
		input: { listingId: uuid(8), base: 1 },
		deviceTime: at,
		after: [],
		blobs: [],
		refusal: null,
		receivedAt: null,
		goods: null
	};
	const header: WorkHeader = {
		version: 1,
		fileId: uuid(5),
		exportedAt: at,
		protocol: 2,
		owner: { id: uuid(2), name: 'Nguyễn Thị Tư' },
		deviceId: uuid(6),
		epoch: null,
		commands: [command, { ...command, id: uuid(9), refusal: { code: 'price_changed' } }],
		drafts: [],
		saves: [{ ...command, id: uuid(10), seq: 2, name: 'draft.save' }],
		blobs: [{ hash, type: 'image/jpeg', thumb: null, addedAt: at }],
		recordings: [],
		business: null,
		parts: [{ sha256: hash, bytes: photo.byteLength }],
		unread: [],
		unfit: [],
		...changes
	};
	return new File([await writeWorkFile(header, [photo])], 'viec.santinh');
}

const view: HandoverView = {
	id: uuid(20),
	state: 'handed_in',
	clerkName: clerk.name,
	agencyId: 'so-nnmt',
	handedInAt: at,
	expiresAt: '2026-12-20T01:12:00.000Z',
	photos: 1,
	commands: [
		{
			id: uuid(7),
			name: 'order.place',
			input: { contact: { name: 'Nguyễn Thị Tư' }, note: 'Giao sáng' },
			deviceTime: at
		},
		{ id: uuid(8), name: 'listing.submit', input: { content: { title: 'Xoài cát' } }, deviceTime: at }
	],
	outcomes: []
};

/** Plays the exchange; what was asked is kept. */
function exchange(changes: Partial<HandoversOnline> = {}) {
	const asked: { blobs: string[]; handed: HandIn[]; answers: [string, boolean][] } = {
		blobs: [],
		handed: [],
		answers: []
	};
	const online: HandoversOnline = {
		sendBlob: async (_file, hash) => {
			asked.blobs.push(hash);
			return ok(undefined);
		},
		handIn: async (input) => {
			asked.handed.push(input);
			return ok({ id: uuid(20) });
		},
		mine: async () => [view],
		answer: async (id, yes) => {
			asked.answers.push([id, yes]);
			return ok({
				...view,
				state: yes ? 'confirmed' : 'declined',
				commands: [],
				outcomes: yes
					? [
							{ id: uuid(7), name: 'order.place', outcome: 'applied', receipt: 'K7-42-QA', refusal: null },
							{
								id: uuid(8),
								name: 'listing.submit',
								outcome: 'refused',
								receipt: null,
								refusal: { code: 'photo_missing' }
							}
						]
					: []
			});
		},
		...changes
	};
	return { online, asked };
}

beforeEach(async () => {
	await page.viewport(360, 740);
});

const noFaults = async () => {
	// The shell around it has the landmarks; a colour that is still changing is no fault either.
	const faults = async () =>
		violationsOf(
			await axe.run(document.body, { resultTypes: ['violations'], rules: { region: { enabled: false } } })
		);
	await expect.poll(faults).toEqual([]);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
};
const choose = async (file: File) => {
	const input = document.querySelector<HTMLInputElement>('input[type=file]');
	if (!input) throw new Error('no field for the file');
	await userEvent.upload(input, file);
};

test('sync 15: a clerk sees whose the file is and how much is in it, not what, and hands it in once', async () => {
	const { online, asked } = exchange();
	await render(HandInView, { actor: clerk, online });
	await choose(await workFile());
	await expect.element(page.getByRole('heading', { name: 'Nguyễn Thị Tư' })).toBeVisible();
	await expect.element(page.getByText('1 việc sàn đã không nhận trước đây sẽ không nộp lại.')).toBeVisible();
	await noFaults();
	await page.getByRole('button', { name: 'Nộp lên sàn' }).click();
	await expect.element(page.getByText(/Đã nộp. Nguyễn Thị Tư sẽ thấy/)).toBeVisible();
	expect(asked.handed).toMatchObject([
		{ ownerId: uuid(2), fileId: uuid(5), commands: [{ id: uuid(7) }, { id: uuid(10), name: 'draft.save' }] }
	]);
	expect(asked.blobs).toEqual([await sha256(photo)]);
	expect(page.getByRole('button', { name: 'Nộp lên sàn' }).elements()).toEqual([]);
});

test('sync 15: another file, a cut one and one’s own are told in words', async () => {
	await render(HandInView, { actor: clerk, online: exchange().online });
	await choose(new File(['một tấm hình'], 'a.jpg'));
	await expect.element(page.getByText('Tệp này không phải tệp việc chưa gửi của sàn.')).toBeVisible();
	const whole = await workFile();
	await choose(new File([whole.slice(0, 300)], 'viec.santinh'));
	await expect.element(page.getByText('Tệp này bị đứt giữa chừng nên không đọc được.')).toBeVisible();
	await choose(await workFile({ owner: { id: clerk.id, name: clerk.name } }));
	await expect.element(page.getByText(/Đây là tệp của chính mình/)).toBeVisible();
	expect(page.getByRole('button', { name: 'Nộp lên sàn' }).elements()).toEqual([]);
});

test('sync 15: the owner sees what was brought, says yes, and sees what became of each', async () => {
	const { online, asked } = exchange();
	await render(HandoversView, { online });
	await expect.element(page.getByRole('heading', { name: 'Lê Quang Minh nộp giúp' })).toBeVisible();
	await expect.element(page.getByText('Gửi duyệt tin: Xoài cát')).toBeVisible();
	await noFaults();
	await page.getByRole('button', { name: 'Đồng ý, gửi đi' }).click();
	await expect.element(page.getByText('mã K7-42-QA')).toBeVisible();
	await expect.element(page.getByText(/Sàn chưa nhận đủ hình/)).toBeVisible();
	await expect.element(page.getByText('Gửi duyệt tin: Xoài cát')).toBeVisible();
	expect(asked.answers).toEqual([[view.id, true]]);
	await noFaults();
});

test('sync 15: what is closed, unreachable or empty is told in words', async () => {
	const closed = await render(HandoversView, {
		online: exchange({ answer: async () => no('handover_closed') }).online
	});
	await page.getByRole('button', { name: 'Không gửi' }).click();
	await expect.element(page.getByText('Lần nộp giúp này đã xong hoặc đã quá hạn.')).toBeVisible();
	await closed.unmount();
	const away = await render(HandoversView, {
		online: exchange({ mine: () => Promise.reject(new Error('away')) }).online
	});
	await expect.element(page.getByText('Chưa hỏi được sàn')).toBeVisible();
	await away.unmount();
	await render(HandoversView, { online: exchange({ mine: async () => [] }).online });
	await expect.element(page.getByText('Không có việc nào được nộp giúp')).toBeVisible();
});
