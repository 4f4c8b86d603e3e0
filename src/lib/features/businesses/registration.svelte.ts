import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import { requiredPapers } from '$lib/domain/businesses/papers.ts';
import { agreementText, checkRegistration } from '$lib/domain/businesses/rules.ts';
import type { BusinessContent, BusinessPerson, MyBusiness, Paper } from '$lib/domain/businesses/schema.ts';
import type { Refusal, Result } from '$lib/domain/kernel/refusal.ts';
import type { Device } from '$lib/sync/app.svelte.ts';

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

/** The registration while it is written: every word is kept on the device, and leaves it with "Lưu thông tin". */
export class Registration {
	content = $state<BusinessContent>(emptyBusiness);
	person = $state<BusinessPerson>(emptyPerson);
	base = 0;
	agreed = $state(false);
	ready = $state(false);
	keptAt = $state<string | null>(null);
	/** Marked once somebody tried to send; not while they are still writing. */
	fields = $state<Readonly<Record<string, string>>>({});
	refusal = $state<Refusal | null>(null);
	busy = $state(false);
	private typed = false;
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly device: Device) {}

	/** What was typed here before, else what the exchange has, else an empty form. */
	async open(server: MyBusiness | null): Promise<void> {
		const typed = await this.device.business.typed();
		this.base = server?.rev ?? 0;
		this.content = typed?.content ?? server?.content ?? emptyBusiness;
		this.person = typed?.person ?? server?.person ?? emptyPerson;
		this.typed = typed !== null;
		this.ready = true;
	}

	/** The exchange knows more than this device did; words typed here stay. */
	heard(server: MyBusiness | null): void {
		this.base = server?.rev ?? 0;
		if (this.typed || server === null) return;
		this.content = server.content;
		this.person = server.person ?? emptyPerson;
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

	private keepSoon(): void {
		this.typed = true;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => void this.keep(), saveAfterMs);
	}
	async keep(): Promise<void> {
		clearTimeout(this.timer);
		await this.device.business.keep({
			base: this.base,
			content: $state.snapshot(this.content),
			person: $state.snapshot(this.person)
		});
		this.keptAt = new Date().toISOString();
	}

	/** The form is left; where that is because somebody has signed out there is nothing to keep it in. */
	leave(): void {
		clearTimeout(this.timer);
		if (this.ready && this.typed) this.keep().catch(() => undefined);
	}

	/** "Lưu thông tin": queues the frozen registration; false when something has to be corrected first. */
	async send(pack: RulePack, server: MyBusiness | null, day: string): Promise<boolean> {
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
			clearTimeout(this.timer);
			this.typed = false;
			this.keptAt = null;
			await this.device.business.keep(null);
		}
		return queued.ok;
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
		return this.device.command('business.submit', {
			businessId: server?.id ?? this.device.actor?.businessId ?? this.device.newId(),
			base: server?.rev ?? this.base,
			content,
			person,
			agreement: {
				version: agreement.version,
				hash: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
			}
		});
	}
}
