import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Registration } from '$lib/features/businesses/registration.svelte.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import { device, type Device } from '$lib/sync/app.svelte.ts';
import { WhoIsHere } from '$lib/sync/store/who.ts';
import { baTu, openPhone } from './device-world.ts';

beforeAll(() => openPhone());
beforeEach(() => device.business.keep(null).then(() => undefined));

const window = async () => {
	const form = new Registration(device);
	await form.open(null, []);
	return form;
};

test('sync 4, 14: a registration in two windows keeps what was typed in both', async () => {
	const [one, two] = [await window(), await window()];
	one.set({ name: 'Vườn bà Tư' });
	await one.keep();
	two.set({ intro: 'Ba đời trồng mít' });
	two.setPaper('ocop', { number: '21/OCOP' });
	await two.keep();
	one.setPerson({ representative: 'Nguyễn Thị Tư' });
	await one.keep();
	for (const { content, person } of [one, await device.business.typed()].flatMap((said) => said ?? []))
		expect({ content, person }).toMatchObject({
			content: { name: 'Vườn bà Tư', intro: 'Ba đời trồng mít', papers: [{ number: '21/OCOP' }] },
			person: { representative: 'Nguyễn Thị Tư' }
		});
});

test('sync 4, 14: what one window has sent is not brought back by another, which keeps its own letter', async () => {
	const one = await window();
	one.set({ name: 'Vườn bà Tư' });
	await one.keep();
	const [two, three] = [await window(), await window()];
	one.set({ name: 'Vườn Tư Hạnh' });
	await one.keep();
	const sent = await device.business.typed();
	if (sent === null) throw new Error('nothing was kept');
	await device.business.keep(null);
	await device.business.remember({
		id: baTu.businessId ?? '',
		state: 'confirmed',
		rev: 1,
		content: sent.content,
		person: sent.person,
		files: [],
		departments: [],
		openSectors: [],
		closedSectors: [],
		papers: [],
		identity: { state: 'none', method: null, at: null, dutyFrom: '2027-01-01' },
		updatedAt: '2026-11-20T01:00:00.000Z'
	});
	two.leave();
	await two.keep();
	expect(await device.business.typed()).toBeNull();
	three.set({ intro: 'Ba đời trồng mít' });
	await three.keep();
	expect(await device.business.typed()).toMatchObject({
		base: 1,
		content: { name: 'Vườn Tư Hạnh', intro: 'Ba đời trồng mít' }
	});
	await device.business.remember(null);
});

test('sync 15: words of a registration that find no room are tried again, whatever else was stored meanwhile', async () => {
	const form = await window();
	const { put } = IDBObjectStore.prototype;
	const told = vi.spyOn(globalThis, 'reportError').mockImplementation(() => undefined);
	const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
		this: IDBObjectStore,
		...args
	) {
		if (this.name === 'state') throw new DOMException('no room left', 'QuotaExceededError');
		return put.apply(this, args);
	});
	form.set({ name: 'Vườn bà Tư' });
	await form.keep();
	expect(form.unkept).toBe(true);
	full.mockRestore();
	told.mockRestore();
	await expect.poll(() => form.unkept, { timeout: 10_000 }).toBe(false);
	expect((await device.business.typed())?.content.name).toBe('Vườn bà Tư');
});

const chiLan: Actor = { ...baTu, id: crypto.randomUUID(), name: 'Trần Ngọc Lan', businessId: null };

test('sync 6, 15: words on what another window has sent go nowhere once somebody else has signed in', async () => {
	let here = baTu;
	const phone: Device = {
		...device,
		get actor() {
			return here;
		},
		business: {
			...device.business,
			known: () => {
				here = chiLan;
				return device.business.known();
			}
		}
	};
	await device.business.keep({
		base: 0,
		content: { ...emptyBusiness, name: 'Vườn bà Tư' },
		person: emptyPerson
	});
	const form = new Registration(phone);
	await form.open(null, []);
	form.set({ intro: 'Ba đời trồng mít' });
	await device.business.keep(null);
	await form.keep();
	expect(here).toBe(chiLan);
	expect(await device.business.typed()).toBeNull();
});

// Nobody but the next person is here after it.
test('sync 6, 15: a form that was left by a sign-out stops trying, and writes nothing into the store of who comes next', async () => {
	const form = await window();
	const other = new WhoIsHere();
	form.set({ name: 'Vườn bà Tư' });
	await other.remember(null);
	await expect.poll(() => device.actor).toBeNull();
	const keep = vi.spyOn(device.business, 'keep');
	form.leave();
	await form.keep();
	expect(keep).not.toHaveBeenCalled();

	await other.remember(chiLan);
	await expect.poll(() => device.actor?.id).toBe(chiLan.id);
	await expect
		.poll(() => device.business.typed().catch(() => 'not open yet'), { timeout: 10_000 })
		.toBeNull();
	await form.keep();
	expect(await device.business.typed()).toBeNull();
	keep.mockRestore();
	await device.signOut({ force: true });
	other.close();
});
