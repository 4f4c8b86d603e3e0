import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { Refusal, Result } from '$lib/domain/kernel/refusal.ts';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import { reasonsFor } from '$lib/domain/moderation/rules.ts';
import type { CaseKind } from '$lib/domain/moderation/states.ts';
import type { TemplateName } from '$lib/domain/messages/templates.ts';
import type { NeedContent, OfferSend } from '$lib/domain/needs/schema.ts';
import type { OrderPlace } from '$lib/domain/orders/schema.ts';
import { actorOf, registerMember } from '$lib/server/accounts/members.ts';
import { hashPassword } from '$lib/server/accounts/passwords.ts';
import { unseal, useMasterKey } from '$lib/server/accounts/sealing.ts';
import { givePost, openBusiness } from '$lib/server/accounts/service.ts';
import { dispatch } from '$lib/server/commands.ts';
import { openDb, transaction } from '$lib/server/db/pool.ts';
import { recordPicture } from '$lib/server/files/service.ts';
import { loadPack, loadWards } from '$lib/server/rulepacks/load.ts';
import { demoPassword, people, stableId, type Person } from '$lib/server/seed/people.ts';
import { seedReference } from '$lib/server/seed/reference.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import type { AnyCommand, CommandInput } from '$lib/sync/protocol/commands.ts';
import type { TestCluster } from './cluster.ts';
import { freshDatabase, type FreshDatabase } from './database.ts';

export { demoPassword, people, type Person };

/** A listing on its way through a test. */
export type Goods = { readonly id: string; readonly content: ListingContent };

export type Exchange = Awaited<ReturnType<typeof openExchange>>;

export type ExchangeOptions = {
	readonly packId?: string;
	/** Who is registered; those with a post get it, sellers get a confirmed business. */
	readonly members?: readonly Person[];
	readonly now?: string;
	/** A cluster of one's own, where the horizon must be one's own. */
	readonly cluster?: TestCluster;
	/** Another database than a fresh one of the test cluster. */
	readonly database?: FreshDatabase;
	/** The people are there already: opened again, maybe after a restore. */
	readonly existing?: boolean;
	/** How long Postgres and this process wait for each other when one gets no turn, instead of as long as the program lets them. */
	readonly patienceMs?: number;
};

const usual = [
	people.batu,
	people.chuba,
	people.chilan,
	people.anhminh,
	people.chihanh,
	people.bacsau,
	people.coyen,
	people.quantri
];

let hashed: Promise<string> | undefined;

/** The business of a seller, "Vườn của Nguyễn Thị Tư". */
export const businessOf = (person: Person): string => stableId(`test-business:${person.userName}`);

/** A photo a person took: the same name is the same photo. */
export const photo = (name: string): string => createHash('sha256').update(`photo of ${name}`).digest('hex');

/** An exchange of its own with a rule pack and the people everybody knows, on a fresh database. */
export async function openExchange(options: ExchangeOptions = {}) {
	const packId = options.packId ?? 'tien-giang';
	const started = options.now ?? new Date().toISOString();
	const pack = loadPack(packId);
	const [ward] = loadWards(packId);
	if (!ward) throw new Error(`pack ${packId} has no wards`);
	useMasterKey(Buffer.alloc(32, 'a key for tests'));
	const database = options.database ?? (await freshDatabase(options.cluster));
	const owner = openDb({
		url: database.ownerUrl,
		role: 'san_owner',
		max: 2,
		connectTimeoutMs: options.patienceMs
	});
	if (!options.existing) await seedReference(owner, packId);
	const db = openDb({
		url: database.appUrl,
		role: 'san_app',
		max: 60,
		transactionTimeoutMs: options.patienceMs,
		idleInTransactionTimeoutMs: options.patienceMs,
		connectTimeoutMs: options.patienceMs
	});
	const auth = openDb({ url: database.appUrl, role: 'san_auth', max: 4 });
	hashed ??= hashPassword(demoPassword);
	const passwordHash = await hashed;
	for (const person of options.existing ? [] : (options.members ?? usual))
		await write(db, { actorId: 'system:test', now: started }, (ctx) => join(ctx, person));

	async function join(ctx: WriteContext, person: Person): Promise<void> {
		const { post, ...member } = person;
		const done = await registerMember(ctx, { ...member, passwordHash });
		if (!done.ok) throw new Error(`${person.name}: ${done.refusal.code}`);
		const { id: accountId, name } = person;
		if (post) await givePost(ctx, { accountId, ...post, publicName: name });
		if (person.roles.includes('seller'))
			await openBusiness(ctx, {
				id: businessOf(person),
				accountId,
				name: `Vườn của ${name}`,
				kind: 'household',
				intro: '',
				wardCode: ward?.code ?? '',
				place: '',
				phone: person.phone,
				confirmed: true
			});
	}

	const actorNow = (person: Person, now: string): Promise<Actor> =>
		transaction(db, person.id, (tx) => actorOf(tx, person.id, now));

	/** Carries out one command as the sync would: one transaction, rolled back when it is refused. */
	async function does(person: Person, command: AnyCommand, at: { now?: string; deviceTime?: string } = {}) {
		const now = at.now ?? new Date().toISOString();
		const actor = await actorNow(person, now);
		const by = { actorId: person.id, now, deviceTime: at.deviceTime ?? now };
		return write(db, by, async (ctx): Promise<Result<void>> => {
			const done = await dispatch({ ...ctx, actor }, command);
			if (!done.ok) throw new RolledBack(done.refusal);
			return done;
		}).catch((error: unknown): Result<void> => {
			if (error instanceof RolledBack) return { ok: false, refusal: error.refusal };
			throw error;
		});
	}

	/** The same, where a refusal is a fault of the test. */
	async function must(person: Person, command: AnyCommand, at?: { now?: string; deviceTime?: string }) {
		const done = await does(person, command, at);
		if (!done.ok) throw new Error(`${person.userName} ${command.name}: ${JSON.stringify(done.refusal)}`);
	}

	const stores = (person: Person, hash: string) =>
		write(db, { actorId: person.id, now: started }, (ctx) =>
			recordPicture(ctx, person.id, {
				sha256: hash,
				bytes: 1000,
				thumbKey: `pictures/${person.userName}/${hash}-thumb.webp`,
				detailKey: `pictures/${person.userName}/${hash}-detail.webp`,
				width: 1280,
				height: 960
			})
		);

	/** Something this pack lets people sell, complete enough to be sent. */
	function goods(changes: Partial<ListingContent> = {}): ListingContent {
		return {
			...emptyListing,
			title: 'Sầu riêng Ri6 Ngũ Hiệp',
			categoryId: pack.categories[0]?.id ?? '',
			price: 85_000,
			unit: 'kg',
			description: 'Trái chín tự nhiên trên cây, cơm vàng hạt lép, cắt trong ngày.',
			wardCode: ward?.code ?? '',
			payment: [pack.paymentMethods[0]?.id ?? ''],
			shipping: [pack.shippingMethods[0]?.id ?? ''],
			photos: [photo('sầu riêng')],
			...changes
		};
	}

	/** A seller sends goods for approval, photos first. */
	async function submits(
		person: Person,
		changes: Partial<ListingContent> = {},
		at: { now?: string; deviceTime?: string; id?: string; base?: number } = {}
	): Promise<Goods> {
		const content = goods(changes);
		for (const hash of content.photos) await stores(person, hash);
		const id = at.id ?? randomUUID();
		const input = { listingId: id, base: at.base ?? 0, content: { ...content, price: content.price ?? 0 } };
		await must(person, { name: 'listing.submit', input }, at);
		return { id, content };
	}

	async function decides(
		person: Person,
		subjectId: string,
		decision: 'approve' | 'return',
		at: { now?: string; deviceTime?: string } = {}
	): Promise<Result<void>> {
		const open = await caseOf(subjectId);
		const common = { caseId: open.id, listingRev: open.rev, note: '' };
		const input: CommandInput<'case.decide'> =
			decision === 'approve'
				? { ...common, decision }
				: { ...common, decision, reasonCodes: [reasonsFor(pack, open.kind, decision)[0]?.id ?? ''] };
		return does(person, { name: 'case.decide', input }, at);
	}

	/** Goods that everybody can see and order. */
	async function sells(
		person: Person,
		changes: Partial<ListingContent> = {},
		officer: Person = people.anhminh
	): Promise<Goods> {
		const listing = await submits(person, changes);
		const done = await decides(officer, listing.id, 'approve');
		if (!done.ok) throw new Error(`${officer.userName} approves: ${JSON.stringify(done.refusal)}`);
		return listing;
	}

	/** Something a buyer of this province may look for, until a month from now. */
	function need(changes: Partial<NeedContent> = {}): NeedContent {
		return {
			title: 'Cần mua sầu riêng Ri6 loại 1',
			categoryId: pack.categories[0]?.id ?? '',
			quantity: 200,
			unit: 'kg',
			rhythm: 'week',
			price: 80_000,
			description: 'Trái từ 2 đến 3 ký, giao buổi sáng.',
			wardCode: ward?.code ?? '',
			until: addDays(vietnamDay(new Date().toISOString()), 30),
			...changes
		};
	}

	/** A buyer sends a need for approval; returns its id. */
	async function posts(
		person: Person,
		changes: Partial<NeedContent> = {},
		at: { now?: string; deviceTime?: string; id?: string; base?: number } = {}
	): Promise<string> {
		const needId = at.id ?? randomUUID();
		const input = { needId, base: at.base ?? 0, content: need(changes) };
		await must(person, { name: 'need.submit', input }, at);
		return needId;
	}

	/** A need that stands on the board. */
	async function looksFor(
		person: Person,
		changes: Partial<NeedContent> = {},
		officer: Person = people.anhminh
	): Promise<string> {
		const id = await posts(person, changes);
		const done = await decides(officer, id, 'approve');
		if (!done.ok) throw new Error(`${officer.userName} approves: ${JSON.stringify(done.refusal)}`);
		return id;
	}

	/** What a seller sends for a need as it was first approved. */
	const offer = (needId: string, listing: Goods, changes: Partial<OfferSend> = {}): OfferSend => ({
		offerId: randomUUID(),
		needId,
		needRev: 1,
		listingId: listing.id,
		quantity: 50,
		...changes
	});

	/** The latest case of a listing, or of a need. */
	async function caseOf(subjectId: string) {
		const [row] = await db<
			{
				id: string;
				code: string;
				kind: CaseKind;
				state: string;
				rev: number;
				round: number;
				agencyId: string;
				assigneeId: string | null;
				dueAt: string;
				lastDay: string;
				receivedAt: string;
			}[]
		>`select id, code, kind, state, subject_rev as rev, round, agency_id as "agencyId", assignee_id as "assigneeId",
			due_at as "dueAt", last_day as "lastDay", received_at as "receivedAt"
			from cases where subject_id = ${subjectId} order by round desc limit 1`;
		if (!row) throw new Error(`${subjectId} has no case`);
		return row;
	}

	function order(listing: Goods, quantity: number, changes: Partial<OrderPlace> = {}): OrderPlace {
		return {
			orderId: randomUUID(),
			listingId: listing.id,
			listingRev: 2,
			quantity,
			unitPrice: listing.content.price ?? 0,
			contact: {
				name: 'Trần Ngọc Lan',
				phone: '0900000003',
				address: '12 Lê Lợi, phường Mỹ Tho',
				wardCode: ''
			},
			payment: listing.content.payment[0] ?? '',
			shipping: listing.content.shipping[0] ?? '',
			note: 'Gọi trước khi giao',
			...changes
		};
	}

	/** What devices of an audience hold of a document; undefined = never there, null = gone. */
	async function feed(audience: string, collection: string, id: string): Promise<unknown> {
		const [row] = await db<{ doc: unknown }[]>`
			select doc from sync_feed
			where audience = ${audience} and collection = ${collection} and doc_id = ${id}`;
		return row?.doc;
	}

	/** The notification box of a person, oldest first. */
	async function told(person: Person): Promise<{ kind: string; facts: Record<string, string> }[]> {
		return transaction(
			db,
			person.id,
			(tx) => tx<{ kind: string; facts: Record<string, string> }[]>`
				select kind, facts from notifications order by at, id`
		);
	}

	/** What the exchange wrote to a person (`id: null` = to whom has no account yet), in the order it was queued. */
	async function messagesTo(person: { id: string | null }) {
		return transaction(db, 'system:test', async (tx) => {
			const rows = await tx<
				{ template: TemplateName; channel: string; state: string; params: string; address: string | null }[]
			>`select template, channel, state, params_sealed as params, address_sealed as address
				from messages where account_id is not distinct from ${person.id}::uuid order by created_at, id`;
			return Promise.all(
				rows.map(async (row) => {
					const [params, address] = await unseal(tx, [row.params, row.address ?? row.params]);
					const read: unknown = JSON.parse(params ?? 'null');
					return { ...row, params: read, address: row.address && address };
				})
			);
		});
	}

	return {
		db,
		auth,
		owner,
		pack,
		ward,
		appUrl: database.appUrl,
		ownerUrl: database.ownerUrl,
		adminUrl: database.adminUrl,
		actorNow,
		does,
		must,
		stores,
		goods,
		submits,
		decides,
		sells,
		need,
		posts,
		looksFor,
		offer,
		caseOf,
		order,
		feed,
		told,
		messagesTo,
		async close(): Promise<void> {
			await Promise.all([db.end({ timeout: 1 }), auth.end({ timeout: 1 }), owner.end({ timeout: 1 })]);
			await database.drop();
		}
	};
}

class RolledBack extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.code);
	}
}
