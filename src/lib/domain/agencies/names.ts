import { agencyNameOn } from './rules.ts';
import type { RulePack, Ward } from './schema.ts';

/** The words people read for the ids of a rule pack. An id the pack no longer knows is shown as it is. */
export type PackNames = {
	readonly unit: (id: string) => string;
	readonly unitDecimals: (id: string) => number;
	readonly category: (id: string) => string;
	readonly sector: (categoryId: string) => string;
	readonly agency: (id: string, day: string) => string;
	readonly payment: (id: string) => string;
	readonly shipping: (id: string) => string;
	readonly certificate: (id: string) => string;
	/** Of goods or of a need. */
	readonly returnReason: (id: string) => string;
	/** Of these or of a business. */
	readonly caseReason: (id: string) => string;
	readonly paper: (id: string) => string;
	readonly sectorName: (id: string) => string;
};

const lookUp = <T extends { readonly id: string }>(rows: readonly T[], word: (row: T) => string) => {
	const found = new Map(rows.map((row) => [row.id, word(row)]));
	return (id: string) => found.get(id) ?? id;
};

/** Every look-up of a pack; with no pack yet on the device, ids stand for themselves. */
export function packNames(pack: RulePack | null): PackNames {
	const sectors = lookUp(pack?.sectors ?? [], (sector) => sector.name);
	const sectorOf = new Map((pack?.categories ?? []).map((category) => [category.id, category.sectorId]));
	const decimals = new Map((pack?.units ?? []).map((unit) => [unit.id, unit.decimals]));
	const returns = [...(pack?.returnReasons ?? []), ...(pack?.needReasons ?? [])];
	return {
		unit: lookUp(pack?.units ?? [], (unit) => unit.name),
		unitDecimals: (id) => decimals.get(id) ?? 0,
		category: lookUp(pack?.categories ?? [], (category) => category.name),
		agency: (id, day) => agencyNameOn(pack, id, day),
		sector: (categoryId) => sectors(sectorOf.get(categoryId) ?? ''),
		payment: lookUp(pack?.paymentMethods ?? [], (method) => method.name),
		shipping: lookUp(pack?.shippingMethods ?? [], (method) => method.name),
		certificate: lookUp(pack?.certificateTypes ?? [], (type) => type.name),
		returnReason: lookUp(returns, (reason) => reason.text),
		caseReason: lookUp([...returns, ...(pack?.businesses.reasons ?? [])], (reason) => reason.text),
		paper: lookUp(pack?.businesses.papers ?? [], (paper) => paper.name),
		sectorName: sectors
	};
}

export const wardName = (wards: readonly Ward[], code: string): string =>
	wards.find((ward) => ward.code === code)?.name ?? '';
