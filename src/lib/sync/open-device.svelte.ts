import { tellFault } from './fault.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { MyBusiness } from '$lib/domain/businesses/schema.ts';
import { maxPhotos, type ListingField } from '$lib/domain/listings/schema.ts';
import type { OrderPlace } from '$lib/domain/orders/schema.ts';
import { nextSlice } from '$lib/slices.ts';
import { fetchPicture, keepCasePictures } from './blobs/case-pictures.ts';
import { freePhotos, keepPhoto } from './blobs/photos.ts';
import { readyEvidence } from './blobs/evidence.ts';
import { shrinkPhoto } from './blobs/shrink.ts';
import { PhotoUploader } from './blobs/uploader.ts';
import { askToSendLater } from './background/ask.ts';
import { freeMarketPictures } from './blobs/market-pictures.ts';
import { dropVoice, finishVoice, keepPiece, unfinishedVoice, type VoicePiece } from './blobs/voice.ts';
import { CatalogueReads, type CameEarly } from './catalogue-reads.svelte.ts';
import { SyncEngine } from './engine/engine.ts';
import { leaderLock, leadOneTab } from './engine/leader.ts';
import { applySession } from './engine/session.ts';
import { checkedPack } from './engine/take-packs.ts';
import { followCatalogue } from './engine/tidy-catalogue.ts';
import type { Draft, OrderGoods } from './fold/views.ts';
import { checkCommand } from './outbox/check-command.ts';
import { addToDraft, changePhotos, earlier, without, type PhotoChange } from './outbox/draft-photos.ts';
import {
	createDraft,
	discardDraft,
	openDraft,
	readDraft,
	resolveConflict,
	submitDraft,
	typeIntoDraft,
	type Here
} from './outbox/drafts.ts';
import { discard, enqueue, retryRefused } from './outbox/outbox.ts';
import { sendAgain, tryQuarantinedOnce } from './outbox/quarantine.ts';
import { PhotoUrls } from './photo-urls.svelte.ts';
import type { CommandName } from './protocol/commands.ts';
import type { SessionAnswer } from './protocol/wire.ts';
import { readListing } from './read-catalogue.ts';
import type { ImportedWork } from './recovery/import-work.ts';
import { withRoom } from './blobs/room.ts';
import { StatusWatch } from './status.svelte.ts';
import { measureParts } from './storage.ts';
import { liveReads, readOnlyHere, type Reads, seenContent } from './reads.ts';
import { mayHoldCatalogue } from './store/catalogue-hint.ts';
import { neverStored, storeName } from './store/names.ts';
import { openStore, type Store } from './store/store.ts';
import { keepTyped, type TypedBefore } from './store/typed-business.ts';
import type { Follows, TypedBusiness } from './store/types.ts';
import { documentsChanged } from './store/triggers.ts';
import { askingAhead, type AskingAhead } from './transport/ahead.ts';
import { httpTransport } from './transport/trpc.ts';
import { queueAllDrafts, Typing } from './typing.ts';

const stopPatienceMs = 2_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const uploadsUrl = '/api/files/uploads';

const here: Here = { now: () => new Date().toISOString(), newId: () => crypto.randomUUID() };

/** What a first sync has asked for while the store opened, checked. */
async function cameEarly(transport: AskingAhead): Promise<CameEarly | null> {
	const came = await transport.first();
	if (!came?.manifest.first) return null;
	const first = await checkedPack(came.manifest.first.hash, came.gzip);
	return first && { manifest: came.manifest, first };
}

const readFailed = (error: unknown) => tellFault('reading this device failed', error);

/** A store that is being opened. The market may have goods to show before. */
export type Opening = { readonly catalogue: CatalogueReads; readonly opened: Promise<OpenDevice> };

/** One user's store while it is open in this tab: reads, writes, and the syncing if this tab leads. */
export class OpenDevice {
	readonly reads: Reads;
	readonly status: StatusWatch;
	readonly urls: PhotoUrls;
	readonly #typing: Typing;
	readonly #engine: SyncEngine;
	readonly #savedAt = $state<Record<string, string>>({});
	readonly #stepDown: () => Promise<void>;

	/** `blocked` is told when a page of an older build must be closed before the store opens. */
	static open(actor: Actor | null, blocked: () => void = () => undefined): Opening {
		let outdated: () => void = () => undefined;
		const userId = actor?.id ?? null;
		const name = storeName({ userId });
		const isNew = neverStored(name);
		const transport = askingAhead(httpTransport);
		// What a first sync waits for most is the opening of its databases: the answers are here before.
		const asked = !mayHoldCatalogue(name);
		if (asked) transport.ahead(false);
		// Asking and opening are a task each.
		const store = nextSlice().then(() =>
			openStore({ userId, blocked, outdated: () => outdated(), bare: () => transport.ahead(true) })
		);
		const early = (asked ? Promise.resolve() : store).then(() => cameEarly(transport)).catch(() => null);
		const catalogue = new CatalogueReads({ store, early, isNew, failed: readFailed });
		const opened = store.then((store) => {
			const open = new OpenDevice(store, () => actor, transport, catalogue);
			outdated = () => open.#leaveToNewer();
			return open;
		});
		return { catalogue, opened };
	}

	private constructor(
		readonly store: Store,
		actor: () => Actor | null,
		transport: AskingAhead,
		readonly catalogue: CatalogueReads
	) {
		this.status = new StatusWatch(store, catalogue.coming);
		this.reads = liveReads(store, actor, readFailed);
		this.urls = new PhotoUrls(store);
		this.#typing = new Typing({
			store,
			here,
			saved: (listingId, at) => {
				this.#savedAt[listingId] = at;
				this.status.saved();
				void this.status.keepWork();
			},
			failed: (error) => this.status.failed(error)
		});
		this.#engine = new SyncEngine({
			store,
			transport,
			here,
			fault: (error) => tellFault('a round of syncing failed', error)
		});
		this.#stepDown = leadOneTab(leaderLock(store.name), (ended) => this.#lead(ended), {
			fault: (error) => tellFault('leading the tabs of this device failed', error)
		});
		document.addEventListener('visibilitychange', this.#leaving);
		window.addEventListener('pagehide', this.#leaving);
	}

	/** A newer build leads from here on; what is typed is still stored until the person loads the page anew. */
	#leaveToNewer(): void {
		this.status.outdated = true;
		void this.#typing.flush();
		void this.#stepDown();
	}

	readonly #leaving = () => {
		if (document.visibilityState !== 'hidden') return;
		void this.#typing.flush();
		this.#sendLater();
	};

	/** Nobody may look at this screen again: the browser is asked to send what cannot leave now. */
	#sendLater(): void {
		const { online, unsent } = this.status.current;
		const leaving = document.visibilityState === 'hidden' && unsent > 0;
		if (leaving || !online) void askToSendLater();
	}

	async #lead(ended: Promise<void>): Promise<void> {
		this.status.leader = true;
		const { store } = this;
		const uploader = new PhotoUploader({
			store,
			endpoint: uploadsUrl,
			fault: (error) => tellFault('sending photos failed', error)
		});
		const stopPictures = documentsChanged(store, ['cases'])(() => this.#picturesSoon());
		try {
			// Housekeeping that fails must not keep this tab, and with it every other one, from syncing.
			const fault = (error: unknown) => tellFault('tidying this device failed', error);
			const tidy = async () => {
				await queueAllDrafts(store, here).catch(fault);
				await freePhotos(store, here.now()).catch(fault);
			};
			await Promise.all([tidy(), this.#engine.start()]);
			uploader.start();
			this.#picturesSoon();
			await ended;
		} finally {
			stopPictures();
			clearTimeout(this.#picturesTimer);
			this.status.leader = false;
			// A request that hangs must hold up neither a sign-out nor the next leader: its answer finds a closed store.
			await Promise.race([Promise.all([uploader.stop(), this.#engine.stop()]), pause(stopPatienceMs)]);
		}
	}

	#picturesTimer: ReturnType<typeof setTimeout> | undefined;
	#picturesSoon(): void {
		clearTimeout(this.#picturesTimer);
		this.#picturesTimer = setTimeout(() => {
			keepCasePictures(this.store, fetchPicture).catch((error: unknown) => this.status.failed(error));
		}, 1_000);
	}

	savedAt(listingId: string): string | null {
		return this.#savedAt[listingId] ?? this.reads.drafts.current.get(listingId)?.updatedAt ?? null;
	}

	async createDraft(): Promise<string> {
		const draft = await this.#ownWork(() => createDraft(this.store, here));
		return draft.listingId;
	}

	async openDraft(listingId: string): Promise<Result<Draft>> {
		await this.#typing.flush();
		return this.#saving(() => openDraft(this.store, here, listingId));
	}

	async readDraft(listingId: string): Promise<Draft | null> {
		await this.#typing.flush();
		return readDraft(this.store, listingId);
	}

	type: Typing['type'] = (listingId, fields) => this.#typing.type(listingId, fields);
	left = (): ReturnType<Typing['left']> => this.#typing.left();
	async flush(): Promise<boolean> {
		await this.#typing.flush();
		// A letter that came while it was written.
		if (this.left().size > 0) await this.#typing.flush();
		return this.left().size === 0;
	}

	async addPhoto(listingId: string, file: Blob): Promise<Result<{ hash: string }>> {
		const shrunk = await shrinkPhoto(file);
		if (!shrunk.ok) return shrunk;
		await this.#typing.flush();
		const opened = await openDraft(this.store, here, listingId);
		if (!opened.ok) return opened;
		const photos = opened.value.content.photos;
		if (photos.length >= maxPhotos) return no('too_many_photos', { facts: { max: maxPhotos } });
		try {
			const hash = await withRoom(() => keepPhoto(this.store, shrunk.value, here.now()));
			const added = await withRoom(() => addToDraft(this.store, here, listingId, hash));
			if (!added.ok) return added;
			this.status.saved();
			void this.status.measure();
			this.#typing.type(listingId, {});
			return ok({ hash });
		} catch (error) {
			this.status.failed(error);
			return no('invalid_input', { fields: { photos: 'storage' } });
		}
	}

	removePhoto = (listingId: string, hash: string): Promise<void> =>
		this.#changePhotos(listingId, without(hash));
	photoEarlier = (listingId: string, hash: string): Promise<void> =>
		this.#changePhotos(listingId, earlier(hash));

	/** Never rejects: a change that could not be stored is said, and is not on the screen. */
	async #changePhotos(listingId: string, change: PhotoChange): Promise<void> {
		await this.#typing
			.behind(() => this.#saving(() => changePhotos(this.store, here, listingId, change)))
			.catch(() => undefined);
		this.#typing.type(listingId, {});
	}

	typedBusiness = async (): Promise<TypedBusiness | null> =>
		(await this.store.local.state.get('this'))?.typedBusiness ?? null;
	keepBusiness(typed: TypedBusiness | null, before?: TypedBefore): Promise<TypedBusiness | null> {
		const keep = () => keepTyped(this.store.local, typed, before);
		return typed === null ? this.#saving(keep) : this.#ownWork(keep);
	}
	knownBusiness = async (): Promise<MyBusiness | null> =>
		(await this.store.local.state.get('this'))?.knownBusiness ?? null;
	async rememberBusiness(knownBusiness: MyBusiness | null): Promise<void> {
		await this.store.local.state.update('this', { knownBusiness });
	}

	fileType = async (hash: string): Promise<string | null> =>
		(await this.store.local.photos.get(hash))?.type ?? null;

	async addFile(file: Blob): Promise<Result<{ hash: string }>> {
		const ready = await readyEvidence(file);
		if (!ready.ok) return ready;
		try {
			const hash = await withRoom(() => keepPhoto(this.store, ready.value, here.now()));
			this.status.saved();
			return ok({ hash });
		} catch (error) {
			this.status.failed(error);
			return no('invalid_input', { fields: { photos: 'storage' } });
		}
	}

	async keepPiece(listingId: string, piece: VoicePiece): Promise<void> {
		await this.#saving(() => keepPiece(this.store, listingId, piece));
	}

	unfinishedVoice = (listingId: string): Promise<Blob | null> => unfinishedVoice(this.store, listingId);
	dropVoice = (listingId: string): Promise<void> => dropVoice(this.store, listingId);

	async finishVoice(listingId: string): Promise<Result<{ hash: string }>> {
		await this.#typing.flush();
		try {
			const put = (voice: string) => typeIntoDraft(this.store, here, listingId, { voice });
			const done = await withRoom(() => finishVoice(this.store, listingId, here.now(), put));
			if (done.ok) {
				this.status.saved();
				this.#typing.type(listingId, {});
			}
			return done;
		} catch (error) {
			this.status.failed(error);
			return no('invalid_input', { fields: { voice: 'storage' } });
		}
	}

	async resolve(
		listingId: string,
		field: ListingField,
		keep: 'mine' | 'theirs',
		seen: Draft['conflicts']
	): Promise<void> {
		await this.#typing.flush();
		await this.#saving(() => resolveConflict(this.store, here, listingId, field, keep, seen));
		this.#typing.type(listingId, {});
	}

	async discardDraft(listingId: string): Promise<void> {
		await this.#typing.flush();
		this.#typing.drop(listingId);
		await this.#saving(() => discardDraft(this.store, here, listingId));
	}

	/** Rejects where what is typed cannot be stored: what was stored before is not what the person sends (sync 15). */
	async submit(listingId: string): Promise<Result<{ commandId: string }>> {
		await this.flush();
		if (this.left().has(listingId)) throw new Error('what is typed here is not stored');
		const done = await this.#saving(() => submitDraft(this.store, here, listingId));
		this.#sendLater();
		return done;
	}

	async command(
		name: CommandName,
		input: unknown,
		more: { after?: readonly string[]; goods?: OrderGoods } = {}
	): Promise<Result<{ commandId: string }>> {
		const checked = checkCommand(name, input);
		if (!checked.ok) return checked;
		const command = checked.value;
		const goods =
			more.goods ?? (command.name === 'order.place' ? await this.#goodsOf(command.input.listingId) : null);
		const seen = command.name === 'case.decide' ? await seenContent(this.store, command.input) : null;
		// Papers of an earlier registration are with the exchange, wherever they were photographed.
		const papers = command.name === 'business.submit' ? ((await this.knownBusiness())?.files ?? []) : [];
		const queue = () =>
			enqueue(this.store.local, command, {
				id: here.newId(),
				deviceTime: here.now(),
				after: more.after ?? [],
				goods,
				seen,
				stored: new Set(papers.map(({ hash }) => hash))
			});
		// What was looked at is no loss.
		const row = await (name === 'notification.read' ? this.#saving(queue) : this.#ownWork(queue));
		this.#sendLater();
		return ok({ commandId: row.id });
	}

	async #goodsOf(listingId: string): Promise<OrderGoods | null> {
		const listing = (await readListing(this.store, listingId))?.data;
		return listing
			? {
					listingId,
					title: listing.title,
					unit: listing.unit,
					thumb: listing.photos[0]?.thumb ?? null,
					sellerName: listing.seller.name,
					sellerPhone: listing.seller.phone
				}
			: null;
	}

	/** Keeps another part of the catalogue from now on (sync 10). */
	async follow(follows: Follows): Promise<void> {
		await this.#saving(() => followCatalogue(this.store, follows));
		void this.status.measure();
	}

	retry(commandId: string): Promise<void> {
		return this.#saving(async () => {
			if (await sendAgain(this.store.local, commandId)) return;
			await retryRefused(this.store.local, commandId, { newId: here.newId, deviceTime: here.now() });
		});
	}

	retryOrder(commandId: string, order: OrderPlace): Promise<void> {
		const fresh = { newId: here.newId, deviceTime: here.now() };
		return this.#saving(() => retryRefused(this.store.local, commandId, fresh, order));
	}

	discard(commandId: string): Promise<boolean> {
		return this.#saving(() => discard(this.store.local, commandId));
	}

	async syncNow(): Promise<boolean> {
		await this.#typing.queueAll();
		await queueAllDrafts(this.store, here);
		await tryQuarantinedOnce(this.store.local);
		// Another tab may lead; a round of this one beside it is safe, since every step is a transaction.
		return (await this.#engine.syncNow()) === 'done';
	}

	/** Something new is said to be there; the tab that leads asks for it. */
	poke(): void {
		this.#engine.want(['notifications', 'orders', 'mine', 'cases', 'needs']);
	}

	/** What the server said about who is signed in; starts or stops the syncing. */
	async heardSession(answer: SessionAnswer): Promise<void> {
		await applySession(this.store, answer, Date.parse(here.now()));
	}

	/** What would be lost by wiping now; waits for nothing but the device's own store. */
	async unsent(): Promise<Awaited<ReturnType<typeof readOnlyHere>>> {
		await this.#typing.flush();
		// A disk that takes nothing has them all the same: a working copy no command brings is shown itself.
		await queueAllDrafts(this.store, here).catch((error: unknown) => this.status.failed(error));
		return readOnlyHere(this.store, this.left());
	}

	/** Takes the unsent work of another device of this person in (sync 15). */
	async importWork(file: Blob): Promise<Result<ImportedWork>> {
		await this.#typing.flush();
		const { importWork } = await import('./recovery/import-work.ts');
		const done = await this.#saving(() => importWork(this.store, here, file));
		if (done.ok) {
			void this.status.keepWork();
			void this.#engine.syncNow();
		}
		return done;
	}

	async diagnostics(): Promise<string> {
		const { diagnose } = await import('./recovery/diagnostics.ts');
		return diagnose(this.store, this.status.current.storage, {
			now: here.now(),
			browser: navigator.userAgent,
			networkUp: navigator.onLine
		});
	}

	async close(): Promise<void> {
		await this.#end();
		await this.store.close();
	}

	async wipe(): Promise<void> {
		await this.#end();
		await this.store.wipe();
	}

	async #end(): Promise<void> {
		document.removeEventListener('visibilitychange', this.#leaving);
		window.removeEventListener('pagehide', this.#leaving);
		await this.#typing.close();
		await this.#stepDown();
		this.status.close();
		this.urls.close();
	}

	storageParts = () => measureParts(this.store);
	async freeMarketPictures(): Promise<void> {
		await freeMarketPictures();
		await this.status.measure();
	}

	/** Saves what exists nowhere else; from the first of it on the browser should keep this store (sync 15). */
	async #ownWork<T>(save: () => Promise<T>): Promise<T> {
		const saved = await this.#saving(save);
		void this.status.keepWork();
		return saved;
	}

	/** A failed save is said at once, and thrown on: nothing may look stored that is not (sync 15). */
	async #saving<T>(save: () => Promise<T>): Promise<T> {
		try {
			const saved = await withRoom(save);
			this.status.saved();
			return saved;
		} catch (error) {
			this.status.failed(error);
			throw error;
		}
	}
}
