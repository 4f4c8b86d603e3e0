import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import { OpenDevice } from './open-device.svelte.ts';
import { exportWork } from './recovery/export-work.ts';

const newId = () => crypto.randomUUID();
const person = (): Actor => ({
	id: newId(),
	name: 'Nguyễn Thị Tư',
	roles: ['buyer', 'seller'],
	posts: [],
	businessId: newId()
});

/** How often the browser was asked to keep this store. */
let asked = 0;
let answer = false;
const open: OpenDevice[] = [];
async function openFor(actor: Actor): Promise<OpenDevice> {
	const device = await OpenDevice.open(actor).opened;
	open.push(device);
	return device;
}
beforeEach(() => {
	[asked, answer] = [0, false];
	vi.spyOn(navigator.storage, 'persisted').mockResolvedValue(false);
	vi.spyOn(navigator.storage, 'persist').mockImplementation(async () => {
		asked += 1;
		return answer;
	});
});
afterEach(async () => {
	for (const device of open.splice(0)) await device.wipe();
	vi.restoreAllMocks();
});

const typed = { base: 0, content: { ...emptyBusiness, name: 'Vườn bà Tư' }, person: emptyPerson };
const order = () => ({
	orderId: newId(),
	listingId: newId(),
	listingRev: 1,
	quantity: 2,
	unitPrice: 45_000,
	contact: { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '' },
	payment: 'tien-mat',
	shipping: 'chanh-xe',
	note: ''
});

test.each<[string, (device: OpenDevice) => Promise<unknown>]>([
	['a draft', (device) => device.createDraft()],
	['an order', (device) => device.command('order.place', order())],
	['a registration', (device) => device.keepBusiness(typed)]
])('sync 15: the browser is asked to keep the store with the first own work: %s', async (_, work) => {
	const device = await openFor(person());
	// Looking around is no work.
	expect(await device.readDraft(newId())).toBeNull();
	await device.follow({ sectors: ['nong-san'], wards: [] });
	await device.command('notification.read', { ids: [newId()] });
	await device.syncNow();
	await device.keepBusiness(null);
	expect(asked).toBe(0);
	expect(device.status.current.storage.persisted).toBeNull();

	await work(device);
	await expect.poll(() => device.status.current.storage.persisted).toBe(false);
	expect(asked).toBe(1);
	// Some browsers put the question to the person: once a start is enough.
	await device.createDraft();
	await device.command('order.place', order());
	expect(asked).toBe(1);
});

test('sync 15: the browser is asked to keep the store when the first own work was brought from another device', async () => {
	const me = person();
	const before = await openFor(me);
	await before.createDraft();
	const { file } = await exportWork({ owner: me, now: new Date().toISOString(), newId });
	open.splice(open.indexOf(before), 1);
	await before.wipe();
	[asked, answer] = [0, true];

	const device = await openFor(me);
	expect((await device.importWork(new Blob(['no such file']))).ok).toBe(false);
	expect(asked).toBe(0);
	expect((await device.importWork(file)).ok).toBe(true);
	await expect.poll(() => device.status.current.storage.persisted).toBe(true);
	expect(asked).toBe(1);
});

test('sync 15: a browser that has promised to keep the store before is not asked again', async () => {
	vi.spyOn(navigator.storage, 'persisted').mockResolvedValue(true);
	const device = await openFor(person());
	await expect.poll(() => device.status.current.storage.persisted).toBe(true);
	await device.createDraft();
	expect(asked).toBe(0);
});

test('sync 6, 15: what no disk has taken is shown before a sign-out, keeps the page, and goes into the file', async () => {
	const me = person();
	const device = await openFor(me);
	const listingId = await device.createDraft();
	const { storageInstance } = device.store.docs.drafts;
	const { bulkWrite } = storageInstance;
	storageInstance.bulkWrite = () => Promise.reject(new DOMException('no room left', 'QuotaExceededError'));
	vi.spyOn(globalThis, 'reportError').mockImplementation(() => undefined);
	device.type(listingId, { title: 'Chữ chỉ có trên màn hình' });
	expect(await device.flush()).toBe(false);
	// Another save finds room: that says nothing of this text.
	await device.command('order.place', order());
	expect(device.status.current.storage.failed).toBeNull();
	expect(await device.flush()).toBe(false);
	await expect(device.submit(listingId)).rejects.toThrow('not stored');
	expect(await device.unsent()).toContainEqual(
		expect.objectContaining({ subjectId: listingId, title: 'Chữ chỉ có trên màn hình' })
	);
	const now = new Date().toISOString();
	const work = await exportWork({ owner: me, now, newId, left: device.left() });
	expect(work.drafts).toBe(1);
	expect(await work.file.text()).toContain('Chữ chỉ có trên màn hình');

	storageInstance.bulkWrite = bulkWrite;
	expect(await device.flush()).toBe(true);
	expect((await device.readDraft(listingId))?.content.title).toBe('Chữ chỉ có trên màn hình');
});
