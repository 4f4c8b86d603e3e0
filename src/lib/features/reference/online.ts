import type { RulePack } from '$lib/domain/agencies/schema.ts';
import type { Refusal, Result } from '$lib/domain/kernel/refusal.ts';
import type { RecordedReferenceChange, ReferenceChangeInput } from '$lib/domain/reference/changes.ts';
import type { ListName } from '$lib/domain/reference/lists.ts';

/** What these screens show; the server's answer has this shape. */
export type Setup = {
	readonly lists: Pick<RulePack, ListName>;
	/** In force today. */
	readonly sectors: readonly { readonly id: string; readonly name: string }[];
	readonly deadlines: RulePack['deadlines'];
	/** From today on. */
	readonly calendar: RulePack['calendar'];
	readonly assignment: RulePack['assignment'];
	readonly texts: RulePack['texts'];
	/** Newest first. */
	readonly changes: readonly RecordedReferenceChange[];
};

/** A change that was not taken back; without a refusal the exchange could not be reached. */
export type Stays = { readonly changeId: string; readonly refusal: Refusal | null };

/** What the screens ask of the exchange; each rejects when it cannot be reached. */
export type ReferenceOnline = {
	view(): Promise<Setup>;
	/** How many goods on sale name this entry; it counts no further than a thousand. */
	uses(list: ListName, itemId: string): Promise<number>;
	change(input: ReferenceChangeInput): Promise<Result<{ id: string }>>;
	withdraw(
		changeId: string
	): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }>;
};
