import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import { ok } from '$lib/domain/kernel/refusal.ts';
import type { ImportedWork } from '$lib/sync/app.svelte.ts';
import ImportWork from './ImportWork.svelte';

const nothing: ImportedWork = {
	already: false,
	commands: 0,
	drafts: 0,
	conflicts: 0,
	photos: 0,
	missingPhotos: 0,
	heldBack: 0,
	unfit: 0
};

async function takeIn(came: Partial<ImportedWork>): Promise<void> {
	await render(ImportWork, { device: { importWork: async () => ok({ ...nothing, ...came }) } });
	const input = document.querySelector('input[type="file"]');
	if (!input) throw new Error('nothing to choose a file with');
	await userEvent.upload(input, new File(['x'], 'viec-chua-gui.santinh'));
}

test.each([
	['held back', { heldBack: 1 }],
	['without its photos', { missingPhotos: 2 }],
	['of a newer build', { unfit: 1 }]
])(
	'sync 15: a file that gave nothing (%s) does not say that its work is here and will be sent',
	async (_, came) => {
		await takeIn(came);
		await expect.element(page.getByText('Chưa lấy được gì từ tệp này.')).toBeVisible();
		await expect.element(page.getByText(/máy gửi/)).not.toBeInTheDocument();
	}
);

test('sync 15: a file that gave a part says what it gave and what stayed in it', async () => {
	await takeIn({ commands: 2, heldBack: 1 });
	await expect.element(page.getByText(/^Đã nhập 2 việc/)).toBeVisible();
	await expect.element(page.getByText('Chưa lấy được gì từ tệp này.')).not.toBeInTheDocument();
});
