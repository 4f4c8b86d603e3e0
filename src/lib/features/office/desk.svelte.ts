import { packNames } from '$lib/domain/agencies/names.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { CaseDecide } from '$lib/domain/moderation/schema.ts';
import type { CaseView, Device } from '$lib/sync/app.svelte.ts';
import { awaitsDecision } from './decision.ts';
import { afterDecision, queueCounts, queueRows, type QueueFilter } from './queue.ts';

/** What the desk needs of the device. */
export type DeskDevice = Pick<Device, 'actor' | 'status' | 'cases' | 'reference' | 'command' | 'discard'> & {
	readonly photos: Pick<Device['photos'], 'private'>;
};

/** A decision names the version the officer had before the eyes when the dialog opened, not a newer one. */
export type DeskDialog =
	| { readonly kind: CaseDecide['decision']; readonly caseId: string; readonly listingRev: number }
	| { readonly kind: 'reassign'; readonly caseId: string }
	| { readonly kind: 'keys' };

const nobody: Actor = { id: '', name: '', roles: [], posts: [], businessId: null };

/**
 * The state of one open desk: what is filtered, searched, asked and said. Cases themselves are the device's;
 * nothing here is shown as decided that the server has not accepted.
 */
export class Desk {
	readonly device: DeskDevice;
	/** Null until the officer chooses: then the first filter that has something to do. */
	chosenFilter = $state<QueueFilter | null>(null);
	search = $state('');
	dialog = $state<DeskDialog | null>(null);
	/** The last thing done, read out to those who do not see the list move. */
	said = $state('');
	/** The server's clock as this device knows it (sync 12); ticks while the desk is open. */
	now = $state(0);
	private readonly clock: () => number;

	constructor(device: DeskDevice, clock: () => number = Date.now) {
		this.device = device;
		this.clock = clock;
		this.tick();
	}

	private readonly live = $derived.by(() => this.device.cases());
	private readonly referenceLive = $derived.by(() => this.device.reference());
	readonly actor = $derived.by(() => this.device.actor ?? nobody);
	readonly ready = $derived.by(() => this.live.ready);
	readonly items = $derived.by(() => this.live.current);
	readonly pack = $derived.by(() => this.referenceLive.current.pack);
	readonly wards = $derived.by(() => this.referenceLive.current.wards);
	readonly names = $derived.by(() => packNames(this.pack));
	private readonly around = $derived.by(() => ({ actorId: this.actor.id, now: this.now }));
	readonly counts = $derived.by(() => queueCounts(this.items, this.around));
	readonly filter = $derived.by<QueueFilter>(
		() => this.chosenFilter ?? (this.counts.mine > 0 ? 'mine' : 'agency')
	);
	readonly rows = $derived.by(() => queueRows(this.items, this.filter, this.search, this.around));
	readonly ids = $derived.by(() => this.rows.map((view) => view.case.id));
	/** Decisions and hand-overs the server would not take: they stay until the officer has read why. */
	readonly refused = $derived.by(() =>
		this.items.filter(
			(view) =>
				view.decision?.command.state.at === 'refused' || view.reassignment?.command.state.at === 'refused'
		)
	);

	/** The address of a case's picture, from this device when it is kept here. */
	picture(path: string): string {
		return this.device.photos.private(path);
	}

	tick(): void {
		this.now = this.clock() - (this.device.status.clockSkewMs ?? 0);
	}

	find(caseId: string | null): CaseView | null {
		return caseId === null ? null : (this.items.find((view) => view.case.id === caseId) ?? null);
	}

	/** Other cases of the same seller that wait as well. */
	openOfSeller(view: CaseView): number {
		return this.items.filter((other) => awaitsDecision(other) && other.case.seller.id === view.case.seller.id)
			.length;
	}

	/** How many open cases an officer holds, as far as this device knows. */
	heldBy(accountId: string): number {
		return this.items.filter((view) => awaitsDecision(view) && view.case.assignee?.id === accountId).length;
	}

	/**
	 * TG-10.2b: queues the decision and says which case to open next, or why it could not be queued. It
	 * takes the place of a refused one that stood over the case, in the same write.
	 */
	async decide(
		view: CaseView,
		input: CaseDecide,
		said: string
	): Promise<{ readonly next: string | null } | { readonly refusal: Refusal }> {
		const next = afterDecision(this.ids, view.case.id);
		const queued = await this.device.command('case.decide', input);
		if (!queued.ok) return { refusal: queued.refusal };
		this.dialog = null;
		this.said = said;
		return { next };
	}

	/** TG-19.5: hands the case on. Returns the refusal, if the device itself would not queue it. */
	async reassign(
		view: CaseView,
		to: { readonly accountId: string; readonly name: string },
		reason: string,
		said: string
	): Promise<Refusal | null> {
		const queued = await this.device.command('case.reassign', {
			caseId: view.case.id,
			toAccountId: to.accountId,
			reason
		});
		if (!queued.ok) return queued.refusal;
		this.dialog = null;
		this.said = said;
		return null;
	}

	/** Takes a command of this device away; false when the server has it already. */
	takeBack(commandId: string): Promise<boolean> {
		return this.device.discard(commandId);
	}
}
