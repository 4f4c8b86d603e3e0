import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import BusinessView from '$lib/features/businesses/BusinessView.svelte';
import { device } from '$lib/sync/app.svelte.ts';
import { openPhone } from './device-world.ts';

beforeAll(() => openPhone());
beforeEach(() => page.viewport(360, 740));

const document = (words: string) => new File([`%PDF-${words}`], `${words}.pdf`, { type: 'application/pdf' });
/** One choice in the browser's own dialog. */
function choose(...files: File[]): void {
	const input = page.getByLabelText('Thêm hình hoặc PDF').element();
	if (!(input instanceof HTMLInputElement)) throw new Error('no field for files');
	const chosen = new DataTransfer();
	for (const file of files) chosen.items.add(file);
	input.files = chosen.files;
	input.dispatchEvent(new Event('change', { bubbles: true }));
}
const kept = async () => (await device.business.typed())?.person.identityFiles ?? [];

test('TG-12: files that are chosen or taken out while others are still being read are all heard', async () => {
	await render(BusinessView, { device, online: { mine: () => Promise.resolve(null) } });
	await expect.element(page.getByRole('textbox', { name: 'Tên cơ sở' })).toBeVisible();
	choose(document('mặt trước'), document('mặt sau'));
	choose(document('giấy phép'));
	await expect.poll(async () => (await kept()).length).toBe(3);

	const [first, ...others] = await kept();
	choose(document('giấy ủy quyền'));
	const bin = page.getByRole('button', { name: 'Bỏ hình này' }).first().element();
	if (!(bin instanceof HTMLElement)) throw new Error('no bin');
	bin.click();
	await expect.poll(kept).toEqual([...others, expect.any(String)]);
	expect(await kept()).not.toContain(first);

	// There is room for one more when either is chosen, and for one of them when they come.
	choose(document('trang 1'));
	choose(document('trang 2'));
	await expect.element(page.getByText('Còn 1 tệp chưa nhận')).toBeVisible();
	await expect.poll(async () => (await kept()).length).toBe(4);
});
