import { AskedOnline } from './asked-online.svelte.ts';
import type { HistoryKey, HistoryRow, OfficeOnline } from './online.ts';

type Known = { readonly rows: readonly HistoryRow[]; readonly next: HistoryKey | null };

/** Decided cases of one unit, page after page: asking continues after the last row that is known. */
export class HistoryPages {
	readonly asked: AskedOnline<Known>;
	private agencyId = '';
	private fresh = true;

	constructor(online: OfficeOnline) {
		this.asked = new AskedOnline(async () => {
			const known = this.fresh ? null : this.asked.value;
			const page = await online.history(this.agencyId, known?.next ?? null);
			this.fresh = false;
			return { rows: [...(known?.rows ?? []), ...page.items], next: page.next };
		});
	}

	/** From the first page of a unit; the same unit's rows stay in view until the answer is here. */
	start(agencyId: string): Promise<void> {
		if (agencyId !== this.agencyId) this.asked.value = null;
		this.agencyId = agencyId;
		this.fresh = true;
		return this.asked.ask();
	}

	/** The next page, or the failed one once more. */
	more(): Promise<void> {
		return this.asked.ask();
	}
}
