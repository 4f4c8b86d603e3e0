import { randomUUID } from 'node:crypto';

/** Rows of a full pack. Each costs a device a request and a task of its own: 10,000 listings are about twenty packs. */
export const slotSize = 500;
/** A slot with fewer rows is put together with another one. */
export const smallSlot = Math.floor(slotSize / 4);
/** Rows of the pack a device shows while the others arrive. */
export const firstPackSize = 24;

/** A public listing that has no slot yet. */
export type Homeless = { readonly docId: string; readonly sectorId: string; readonly wardCode: string };

export type Slot = {
	readonly id: string;
	readonly sectorId: string;
	readonly size: number;
	/** Sorted. */
	readonly wards: readonly string[];
};

/** A slot with what it gets. */
export type Filled = Slot & { readonly added: readonly string[] };

/**
 * Finds a place for every listing: a slot of its sector that already holds its ward, else one with room, else a new
 * one. `homeless` is sorted by sector and ward, so that new slots hold wards whose codes lie next to each other.
 * Returns the slots that got something, with their new size and wards.
 */
export function findPlaces(homeless: readonly Homeless[], slots: readonly Slot[]): Filled[] {
	const open = slots.map((slot) => new Open(slot));
	let current: Open | undefined;
	for (const row of homeless) {
		if (!current?.suits(row)) current = choose(row, open);
		if (!current) {
			current = new Open({ id: randomUUID(), sectorId: row.sectorId, size: 0, wards: [] });
			open.push(current);
		}
		current.add(row);
	}
	return open.filter((slot) => slot.added.length > 0).map((slot) => slot.filled());
}

class Open {
	readonly added: string[] = [];
	readonly wards: Set<string>;

	constructor(readonly slot: Slot) {
		this.wards = new Set(slot.wards);
	}

	get size(): number {
		return this.slot.size + this.added.length;
	}

	hasRoom(sectorId: string): boolean {
		return this.slot.sectorId === sectorId && this.size < slotSize;
	}

	suits(row: Homeless): boolean {
		return this.hasRoom(row.sectorId) && this.wards.has(row.wardCode);
	}

	add(row: Homeless): void {
		this.added.push(row.docId);
		this.wards.add(row.wardCode);
	}

	filled(): Filled {
		return { ...this.slot, size: this.size, wards: [...this.wards].sort(), added: this.added };
	}
}

/** With several to choose from: the fullest that holds the ward, else the one whose wards lie nearest before it. */
function choose(row: Homeless, open: readonly Open[]): Open | undefined {
	let best: Open | undefined;
	for (const slot of open)
		if (slot.hasRoom(row.sectorId) && (!best || isBetter(slot, best, row.wardCode))) best = slot;
	return best;
}

function isBetter(one: Open, other: Open, wardCode: string): boolean {
	const holds = one.wards.has(wardCode);
	if (holds !== other.wards.has(wardCode)) return holds;
	if (holds) return one.size > other.size;
	const [first, second] = [lowest(one), lowest(other)];
	if (first <= wardCode !== second <= wardCode) return first <= wardCode;
	return first <= wardCode ? first > second : first < second;
}

const lowest = (slot: Open): string => {
	let least = '';
	for (const ward of slot.wards) if (least === '' || ward < least) least = ward;
	return least;
};
