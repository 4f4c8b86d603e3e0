import { expect, test } from 'vitest';
import {
	canBuyOrder,
	canDecideCase,
	canEditListing,
	canPlaceOrder,
	canReassignCase,
	canSeeAllUnits,
	canSellOrder,
	leads,
	roles,
	worksIn,
	type Actor
} from './permissions.ts';

const actor = (more: Partial<Actor>): Actor => ({
	id: 'somebody',
	name: '',
	roles: ['buyer'],
	posts: [],
	businessId: null,
	...more
});
const baTu = actor({ id: 'batu', roles: ['buyer', 'seller'], businessId: 'vuon-ba-tu' });
const chiLan = actor({ id: 'chilan' });
const anhMinh = actor({
	id: 'anhminh',
	roles: ['officer'],
	posts: [{ agencyId: 'so-nnmt', role: 'officer' }]
});
const bacSau = actor({
	id: 'bacsau',
	roles: ['officer', 'lead'],
	posts: [{ agencyId: 'so-nnmt', role: 'lead' }]
});
const coYen = actor({
	id: 'coyen',
	roles: ['officer'],
	posts: [{ agencyId: 'so-cong-thuong', role: 'officer' }]
});
const everyone = [baTu, chiLan, anhMinh, bacSau, coYen];
const who = (may: (person: Actor) => boolean) => everyone.filter(may).map((person) => person.id);

test('TG-3.4b a listing is edited by the seller of its business alone', () => {
	expect(who((p) => canEditListing(p, { businessId: 'vuon-ba-tu' }))).toEqual(['batu']);
	expect(canEditListing({ ...baTu, roles: ['buyer'] }, { businessId: 'vuon-ba-tu' })).toBe(false);
});

test('TG-10.2b a case is decided by the department it lies with', () => {
	const open = { agencyId: 'so-nnmt', sellerAccountId: 'batu' };
	expect(who((p) => canDecideCase(p, open))).toEqual(['anhminh', 'bacsau']);
});

test('TG-19.5 nobody decides on own goods', () => {
	expect(canDecideCase(anhMinh, { agencyId: 'so-nnmt', sellerAccountId: 'anhminh' })).toBe(false);
});

test('TG-19.5 a case is handed on by the lead of the department or by its holder', () => {
	const held = { agencyId: 'so-nnmt', assigneeId: 'anhminh' };
	expect(who((p) => canReassignCase(p, held))).toEqual(['anhminh', 'bacsau']);
	expect(who((p) => canReassignCase(p, { ...held, assigneeId: null }))).toEqual(['bacsau']);
	expect(who((p) => canReassignCase(p, { ...held, agencyId: 'so-cong-thuong' }))).toEqual([]);
});

test('TG-11.3 members order, but not from themselves', () => {
	expect(canPlaceOrder(chiLan, { businessId: 'vuon-ba-tu' })).toBe(true);
	expect(canPlaceOrder(baTu, { businessId: 'vuon-ba-tu' })).toBe(false);
	expect(canPlaceOrder(baTu, { businessId: 'vuon-chu-ba' })).toBe(true);
	expect(canPlaceOrder({ ...anhMinh, roles: ['officer'] }, { businessId: 'vuon-ba-tu' })).toBe(false);
});

test('an order belongs to its two parties', () => {
	const order = { buyerId: 'chilan', businessId: 'vuon-ba-tu' };
	expect(who((p) => canBuyOrder(p, order))).toEqual(['chilan']);
	expect(who((p) => canSellOrder(p, order))).toEqual(['batu']);
});

test('TG-3.4 the figures of every unit are for the administration', () => {
	expect(roles.filter((role) => canSeeAllUnits(actor({ roles: [role] })))).toEqual([
		'administrator',
		'operator'
	]);
});

test('a post says where somebody works and whom somebody leads', () => {
	expect([worksIn(bacSau, 'so-nnmt'), leads(bacSau, 'so-nnmt'), leads(anhMinh, 'so-nnmt')]).toEqual([
		true,
		true,
		false
	]);
	expect(worksIn(baTu, 'so-nnmt')).toBe(false);
});
