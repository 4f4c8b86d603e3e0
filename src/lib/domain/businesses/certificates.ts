import type { RulePack } from '../agencies/schema.ts';
import { addDays } from '../calendar/working-days.ts';
import type { ListingContent } from '../listings/schema.ts';
import { holds, ranOut, type DatedPaper } from './papers.ts';
import type { BusinessKind } from './states.ts';

type Certificate = ListingContent['certificates'][number];

/** TG-6.3, TG-15.2: those that may still be claimed on `day`; the last day of each counts. */
export const certificatesThatHold = <T extends DatedPaper>(certificates: readonly T[], day: string): T[] =>
	certificates.filter((one) => holds(one, day));

/** Goods as somebody may buy them, with what their sector asks of a business of this kind. */
export type CertifiedGoods = {
	readonly kind: BusinessKind;
	readonly sectorId: string;
	readonly certificates: readonly DatedPaper[];
	/** The seller's own papers, as the department of this sector confirmed them. */
	readonly papers: readonly DatedPaper[];
};

/**
 * TG-6.3, TG-7.1a: the kind of certificate that these goods state, that the pack asks for in their sector, and that has run
 * out by `day` with nothing of its kind in force, neither beside it nor among the seller's confirmed papers; null = none.
 * One nobody asks for hides nothing: it is only claimed no more.
 */
export const hidesGoods = (
	pack: Pick<RulePack, 'businesses'>,
	{ kind, sectorId, certificates, papers }: CertifiedGoods,
	day: string
): string | null =>
	certificates.length === 0
		? null
		: ranOut(pack, { kind, papers: [...certificates, ...papers] }, sectorId, day);

/** Published goods of one seller, with what the seller has written since. */
export type WatchedGoods = CertifiedGoods & {
	readonly id: string;
	readonly title: string;
	readonly certificates: readonly Certificate[];
	/** It lies with an officer. */
	readonly waits: boolean;
	readonly written: readonly Certificate[];
};

/** One certificate as it stands on a day, with the goods that state it. */
export type CertificateStanding = {
	readonly type: string;
	readonly number: string;
	readonly expiresOn: string;
	/** Days until its last one; below zero once it has run out. */
	readonly left: number;
	readonly goods: readonly { readonly id: string; readonly title: string }[];
	/** Some of these goods are hidden when it runs out. */
	readonly hides: boolean;
	/** Every one of them lies with an officer with a newer one. */
	readonly renewing: boolean;
};

/** TG-6.3: every certificate with a last day among these goods, the next to end first. */
export function certificateStandings(
	pack: Pick<RulePack, 'businesses'>,
	goods: readonly WatchedGoods[],
	day: string
): CertificateStanding[] {
	const found = new Map<string, { one: Certificate & { expiresOn: string }; goods: WatchedGoods[] }>();
	for (const listing of goods)
		for (const { expiresOn, ...one } of listing.certificates) {
			if (expiresOn === null) continue;
			const key = JSON.stringify([expiresOn, one.type, one.number]);
			const group = found.get(key) ?? { one: { ...one, expiresOn }, goods: [] };
			if (!group.goods.includes(listing)) group.goods.push(listing);
			found.set(key, group);
		}
	return [...found]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, { one, goods }]) => ({
			type: one.type,
			number: one.number,
			expiresOn: one.expiresOn,
			left: (Date.parse(one.expiresOn) - Date.parse(day)) / 86_400_000,
			goods: goods.map(({ id, title }) => ({ id, title })),
			hides: goods.some((listing) => hidesGoods(pack, listing, addDays(one.expiresOn, 1)) === one.type),
			renewing: goods.every(
				({ waits, written }) =>
					waits &&
					written.some(
						({ type, expiresOn }) => type === one.type && (expiresOn === null || expiresOn > one.expiresOn)
					)
			)
		}));
}
