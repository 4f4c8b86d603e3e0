import type { RulePack } from '../agencies/schema.ts';
import { inForce } from '../kernel/effective.ts';
import type { BusinessContent, Paper, PaperStanding } from './schema.ts';
import type { BusinessKind } from './states.ts';

type Rules = Pick<RulePack, 'businesses'>;

/** TG-7.1a: the papers this business cannot do without for these sectors, on `day`. */
export function requiredPapers(
	{ businesses }: Rules,
	kind: BusinessKind,
	sectors: readonly string[],
	day: string
): string[] {
	return businesses.papers
		.filter(
			(paper) =>
				inForce(paper, day) &&
				paper.requiredKinds.includes(kind) &&
				(paper.requiredSectors.length === 0 || paper.requiredSectors.some((one) => sectors.includes(one)))
		)
		.map((paper) => paper.id);
}

/** A paper or certificate, as far as it can run out. */
export type DatedPaper = Pick<Paper, 'type' | 'expiresOn'>;

/** Whether a paper still holds on `day`; its last day counts. */
export const holds = (paper: Pick<Paper, 'expiresOn'>, day: string): boolean =>
	paper.expiresOn === null || day <= paper.expiresOn;

/**
 * TG-12: the kind of paper that was shown for this sector, is required there, and has run out by `day`; null = none. One
 * the rules ask for only since the confirmation closes nothing by itself: nobody was asked for it.
 */
export function ranOut(
	pack: Rules,
	content: { readonly kind: BusinessKind; readonly papers: readonly DatedPaper[] },
	sectorId: string,
	day: string
): string | null {
	const required = requiredPapers(pack, content.kind, [sectorId], day);
	const expired = required.find((type) => {
		const shown = content.papers.filter((paper) => paper.type === type);
		return shown.length > 0 && !shown.some((paper) => holds(paper, day));
	});
	return expired ?? null;
}

/** Where a business may sell, by the version its department confirmed. */
export type ConfirmedSector = {
	readonly sectorId: string;
	readonly content: Pick<BusinessContent, 'kind' | 'papers'>;
};

/**
 * TG-12: every paper with a last day in what the departments confirmed, the next to end first. `waiting` = the version a
 * department has not answered yet.
 */
export function paperStandings(
	pack: Rules,
	confirmed: readonly ConfirmedSector[],
	waiting: Pick<BusinessContent, 'papers'> | null,
	day: string
): PaperStanding[] {
	const found = new Map<string, { type: string; expiresOn: string; sectors: Set<string> }>();
	for (const { sectorId, content } of confirmed) {
		const required = requiredPapers(pack, content.kind, [sectorId], day);
		for (const { type, expiresOn } of content.papers) {
			if (expiresOn === null) continue;
			const key = `${type} ${expiresOn}`;
			const one = found.get(key) ?? { type, expiresOn, sectors: new Set<string>() };
			if (required.includes(type)) one.sectors.add(sectorId);
			found.set(key, one);
		}
	}
	const newer = (type: string, expiresOn: string): boolean =>
		waiting?.papers.some(
			(paper) => paper.type === type && (paper.expiresOn === null || paper.expiresOn > expiresOn)
		) ?? false;
	return [...found.values()]
		.map(({ type, expiresOn, sectors }) => ({
			type,
			expiresOn,
			left: (Date.parse(expiresOn) - Date.parse(day)) / 86_400_000,
			sectors: [...sectors].sort(),
			renewing: newer(type, expiresOn)
		}))
		.sort((a, b) => (`${a.expiresOn} ${a.type}` < `${b.expiresOn} ${b.type}` ? -1 : 1));
}

/**
 * TG-12: what its owner has to be told about a paper now: the nearest of the pack's warnings that is due, 0 once it has
 * run out, null = nothing. Who has sent a newer one is not warned; that the old one ran out is said to everybody.
 */
export function dueNotice(
	standing: Pick<PaperStanding, 'left' | 'renewing'>,
	warnDays: readonly number[]
): number | null {
	if (standing.left < 0) return 0;
	const due = warnDays.filter((days) => standing.left <= days);
	return standing.renewing || due.length === 0 ? null : Math.min(...due);
}

/** How many days ahead anything about papers is said. */
export const daysAhead = ({ businesses }: Rules): number => Math.max(0, ...businesses.warnDays);
