import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import { requiredPapers } from '$lib/domain/businesses/papers.ts';
import { agreementText, checkRegistration } from '$lib/domain/businesses/rules.ts';
import {
	businessSubmit,
	type BusinessContent,
	type BusinessPerson,
	type MyBusiness,
	type Paper
} from '$lib/domain/businesses/schema.ts';
import type { Refusal, Result } from '$lib/domain/kernel/refusal.ts';
import type { Device, UnsentItem } from '$lib/sync/app.svelte.ts';
import { mergeTyped, type TypedBefore } from '$lib/sync/store/typed-business.ts';
import { differences, taken, type Difference } from './differences.ts';

const emptyPaper = (type: string): Paper => ({
	type,
	number: '',
	issuedBy: '',
	issuedOn: null,
	expiresOn: null,
	scope: '',
	files: []
});

const saveAfterMs = 300;
const retryAfterMs = 2_000;

/** A registration that was sent from here, and that the exchange has not taken yet. */
export type Submitted = {
	readonly id: string;
	readonly businessId: string;
	readonly base: number;
	readonly content: BusinessContent;
	readonly person: BusinessPerson;
	readonly refused: boolean;
};

/** Those among what has not reached the exchange, oldest first. */
export const submittedOf = (unsent: readonly UnsentItem[]): Submitted[] =>
	unsent.flatMap(({ id, name, input, state }) => {
		const sent = name === 'business.submit' ? businessSubmit.safeParse(input).data : undefined;
		return sent ? [{ ...sent, id, refused: state.at === 'refused' }] : [];
	});

/** The registration while it is written: every word is kept on the device, and leaves it with "Lưu thông tin". */
export class Registration {
	content = $state<BusinessContent>(emptyBusiness);
	person = $state<BusinessPerson>(emptyPerson);
	/** The `rev` of the exchange that the words here were written on. */
	base = 0;
	agreed = $state(false);
	ready = $state(false);
	keptAt = $state<string | null>(null);
	/** Marked once somebody tried to send; not while they are still writing. */
	fields = $state<Readonly<Record<string, string>>>({});
	refusal = $state<Refusal | null>(null);
	busy = $state(false);
	private typed = false;
	/** On its way: what is typed now builds on it. */
	private sent: Pick<Submitted, 'id' | 'base' | 'content' | 'person'> | null = null;
	/** What this device calls a business that the exchange has not told of yet: one, however often it is sent. */
	private businessId: string | null = null;
	/** What the exchange has by now, where that is newer than what was typed here builds on (sync 4). */
	newer = $state.raw<MyBusiness | null>(null);
	/** Where the own words are to stay. */
	private chosen = $state.raw<ReadonlySet<string>>(new Set());
	/** What differs from the newer version, until the person has chosen. Nothing is sent before. */
	readonly differing: readonly Difference[] = $derived(
		this.newer === null ? [] : differences(this, this.newer).filter(({ id }) => !this.chosen.has(id))
	);
	private timer: ReturnType<typeof setTimeout> | undefined;
	/** Something typed here is in no store yet. */
	unkept = $state(false);
	/** What the store was last known to hold: only what was changed here since is written. */
	private before: TypedBefore = {
		words: { base: 0, content: emptyBusiness, person: emptyPerson },
		stored: false
	};
	private keeping: Promise<void> = Promise.resolve();
	/** Whose words these are: they go into no other store than theirs. */
	private owner: string | undefined;

	constructor(private readonly device: Device) {}

	/** What was typed here before, else what was sent from here, else what the exchange has, else an empty form. */
	async open(server: MyBusiness | null, submitted: readonly Submitted[]): Promise<void> {
		this.owner = this.device.actor?.id;
		const typed = await this.device.business.typed();
		const last = submitted.at(-1);
		const words = typed ?? last ?? server;
		this.content = words?.content ?? emptyBusiness;
		this.person = words?.person ?? emptyPerson;
		// Later ones build on earlier ones, which may never have arrived.
		this.base = typed?.base ?? submitted[0]?.base ?? server?.rev ?? 0;
		this.before = { words: this.words(), stored: typed !== null };
		this.typed = typed !== null || last?.refused === true;
		this.sent = last && !last.refused ? last : null;
		this.businessId = last?.businessId ?? null;
		if (this.typed && this.sent === null) this.compare(server);
		this.ready = true;
	}

	/** What the exchange says once nothing is on its way to it any more; words typed here stay. */
	heard(server: MyBusiness | null): void {
		const { sent } = this;
		this.sent = null;
		const own = sent !== null && server !== null && differences(sent, server).length === 0;
		if (this.typed && !own) return this.compare(server);
		this.base = server?.rev ?? 0;
		this.newer = null;
		if (this.typed || server === null) return;
		this.content = server.content;
		this.person = server.person ?? emptyPerson;
	}

	/** The exchange has not taken what was sent: it is being written again, on what it was written on. */
	refused({ content, person }: Submitted): void {
		this.sent = null;
		if (this.typed) return;
		this.content = content;
		this.person = person;
		this.typed = true;
	}

	/** Words of another device are never written over unseen. */
	private compare(server: MyBusiness | null): void {
		if (server !== null && server.rev > this.base) {
			if (server.rev !== this.newer?.rev) this.chosen = new Set();
			this.newer = server;
			this.whenChosen();
		} else {
			this.base = server?.rev ?? 0;
			this.newer = null;
		}
	}

	/** Keeps the own words of one thing that differs, or takes those of the exchange. */
	choose(difference: Difference, keep: 'mine' | 'theirs'): void {
		if (this.newer === null) return;
		if (keep === 'mine') this.chosen = new Set([...this.chosen, difference.id]);
		else {
			const { content, person } = taken(this, this.newer, difference);
			this.content = content;
			this.person = person;
		}
		this.whenChosen();
		this.keepSoon();
	}

	/** The words here build on the newer version once it was looked at wherever it differs. */
	private whenChosen(): void {
		if (this.newer === null || this.differing.length > 0) return;
		this.base = this.newer.rev;
		this.newer = null;
	}

	set(fields: Partial<BusinessContent>): void {
		this.content = { ...this.content, ...fields };
		this.keepSoon();
	}
	setPerson(fields: Partial<BusinessPerson>): void {
		this.person = { ...this.person, ...fields };
		this.keepSoon();
	}
	setPaper(type: string, fields: Partial<Paper>): void {
		const known = this.content.papers.some((paper) => paper.type === type);
		const papers = known ? this.content.papers : [...this.content.papers, emptyPaper(type)];
		this.set({ papers: papers.map((paper) => (paper.type === type ? { ...paper, ...fields } : paper)) });
	}
	removePaper(type: string): void {
		this.set({ papers: this.content.papers.filter((paper) => paper.type !== type) });
	}
	paper(type: string): Paper {
		return this.content.papers.find((paper) => paper.type === type) ?? emptyPaper(type);
	}

	async addFile(file: Blob): Promise<string | null> {
		const added = await this.device.business.addFile(file);
		this.refusal = added.ok ? null : added.refusal;
		return added.ok ? added.value.hash : null;
	}

	required(pack: RulePack, day: string): string[] {
		return requiredPapers(pack, this.content.kind, this.content.sectors, day);
	}

	private words(): TypedBefore['words'] {
		return {
			base: this.base,
			content: $state.snapshot(this.content),
			person: $state.snapshot(this.person)
		};
	}

	private keepSoon(after = saveAfterMs): void {
		this.typed = true;
		this.unkept = true;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => void this.keep(), after);
	}

	/** A form that was left still tries to keep its words while the next person signs in in the same page. */
	private ownerIsHere(): boolean {
		return this.owner !== undefined && this.device.actor?.id === this.owner;
	}

	/** Rejects never; what could not be stored is tried again, as long as it is the same person's device (sync 15). */
	keep(): Promise<void> {
		clearTimeout(this.timer);
		this.keeping = this.keeping
			.then(() => this.write())
			.catch(() => {
				if (this.ownerIsHere()) this.keepSoon(retryAfterMs);
			});
		return this.keeping;
	}

	private async write(): Promise<void> {
		if (!this.unkept || !this.ownerIsHere()) return;
		const mine = this.words();
		const { keep } = this.device.business;
		const now = (await keep(mine, this.before)) ?? (await this.writeOnSent(mine));
		if (now === null) return;
		this.before = { words: now, stored: true };
		// What another window typed stands here as well, but for what was typed over it meanwhile.
		const here = this.words();
		this.unkept = JSON.stringify(here) !== JSON.stringify(mine);
		const both = mergeTyped(here, mine, now);
		this.content = both.content;
		this.person = both.person;
		this.base = both.base;
		this.keptAt = new Date().toISOString();
	}

	/**
	 * Another window has sent the registration: what was changed here goes on what it has sent. Null = somebody else is
	 * signed in by now.
	 */
	private async writeOnSent(mine: TypedBefore['words']): Promise<TypedBefore['words'] | null> {
		const submitted = submittedOf(this.device.unsent().current);
		const last = submitted.at(-1);
		const known = await this.device.business.known();
		if (!this.ownerIsHere()) return null;
		const said = last ?? known;
		const sent = {
			base: submitted[0]?.base ?? known?.rev ?? mine.base,
			content: said?.content ?? mine.content,
			person: said?.person ?? mine.person
		};
		this.sent = last && !last.refused ? last : null;
		const words = { ...mergeTyped(mine, this.before.words, sent), base: sent.base };
		return (await this.device.business.keep(words, { words: sent, stored: false })) ?? words;
	}

	/** The form is left; where that is because somebody has signed out there is nothing to keep it in. */
	leave(): void {
		clearTimeout(this.timer);
		if (this.ready && this.unkept) void this.keep();
	}

	/** "Lưu thông tin": queues the frozen registration; false when something has to be corrected first. */
	async send(pack: RulePack, server: MyBusiness | null, day: string): Promise<boolean> {
		if (this.differing.length > 0) return false;
		const content = $state.snapshot(this.content);
		const person = $state.snapshot(this.person);
		const checked = checkRegistration(content, person, pack, day);
		this.fields = {
			...(checked.ok ? {} : (checked.refusal.fields ?? {})),
			...(!this.agreed && { agreement: 'required' })
		};
		if (Object.keys(this.fields).length > 0) return false;
		this.busy = true;
		// A store that takes nothing is told of by the shell; the button is there for another try.
		const queued = await this.queue(content, person, pack, server).finally(() => (this.busy = false));
		this.refusal = queued.ok ? null : queued.refusal;
		if (queued.ok) {
			this.wasSent(content, person);
			await this.keeping;
			// A write that was under way knew nothing of it, and one that failed wants to be tried again.
			this.wasSent(content, person);
			// Words that stay there are those that were sent: they are compared when the form is opened.
			if (this.ownerIsHere()) await this.device.business.keep(null, this.before).catch(() => undefined);
			this.before = { words: this.words(), stored: false };
		}
		return queued.ok;
	}

	/** What is here is no longer being written; what was typed since it was sent is. */
	private wasSent(content: BusinessContent, person: BusinessPerson): void {
		const here = this.words();
		if (JSON.stringify([here.content, here.person]) !== JSON.stringify([content, person])) return;
		clearTimeout(this.timer);
		this.typed = false;
		this.unkept = false;
		this.keptAt = null;
	}

	private async queue(
		content: BusinessContent,
		person: BusinessPerson,
		pack: RulePack,
		server: MyBusiness | null
	): Promise<Result<{ commandId: string }>> {
		const { agreement } = pack.businesses;
		const text = new TextEncoder().encode(agreementText(agreement));
		const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
		const before = this.sent;
		const base = before === null ? this.base : before.base + 1;
		// One that another window has sent is the same business.
		const submitted = submittedOf(this.device.unsent().current).at(-1)?.businessId;
		this.businessId =
			server?.id ?? this.businessId ?? this.device.actor?.businessId ?? submitted ?? this.device.newId();
		const input = {
			businessId: this.businessId,
			base,
			content,
			person,
			agreement: {
				version: agreement.version,
				hash: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
			}
		};
		const queued = await this.device.command('business.submit', input, { after: before ? [before.id] : [] });
		if (queued.ok) this.sent = { id: queued.value.commandId, base, content, person };
		return queued;
	}
}
