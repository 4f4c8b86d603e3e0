import { z } from 'zod';
import { agencyFaults } from '$lib/domain/agencies/rules.ts';
import {
	businessRulesSchema,
	needReasonSchema,
	rulePackSchema,
	type RulePack,
	type Ward
} from '$lib/domain/agencies/schema.ts';
import { enforcementRulesSchema, type EnforcementRules } from '$lib/domain/enforcement/schema.ts';
import { wardCode } from '$lib/domain/kernel/fields.ts';
import binhPhuoc from './data/binh-phuoc.json' with { type: 'json' };
import binhPhuocWards from './data/binh-phuoc.wards.json' with { type: 'json' };
import canTho from './data/can-tho.json' with { type: 'json' };
import canThoWards from './data/can-tho.wards.json' with { type: 'json' };
import needs from './data/needs.json' with { type: 'json' };
import longAn from './data/long-an.json' with { type: 'json' };
import longAnWards from './data/long-an.wards.json' with { type: 'json' };
import businesses from './data/businesses.json' with { type: 'json' };
import enforcement from './data/enforcement.json' with { type: 'json' };
import tienGiang from './data/tien-giang.json' with { type: 'json' };
import tienGiangWards from './data/tien-giang.wards.json' with { type: 'json' };
import vinhPhuc from './data/vinh-phuc.json' with { type: 'json' };
import vinhPhucWards from './data/vinh-phuc.wards.json' with { type: 'json' };

const files: Readonly<Record<string, { pack: unknown; wards: unknown }>> = {
	'tien-giang': { pack: tienGiang, wards: tienGiangWards },
	'vinh-phuc': { pack: vinhPhuc, wards: vinhPhucWards },
	'can-tho': { pack: canTho, wards: canThoWards },
	'binh-phuoc': { pack: binhPhuoc, wards: binhPhuocWards },
	'long-an': { pack: longAn, wards: longAnWards }
};

const wardsSchema = z
	.array(
		z.strictObject({
			code: wardCode,
			name: z.string().min(1),
			formerly: z.array(z.string().min(1)).readonly()
		})
	)
	.min(1);

const packs = new Map<string, RulePack>();
const wards = new Map<string, readonly Ward[]>();

/** The provinces this build carries. */
export const packIds: readonly string[] = Object.keys(files);

/** The rule pack of a province, checked once. Throws on an unknown id or a pack that contradicts itself. */
export function loadPack(id: string): RulePack {
	const known = packs.get(id);
	if (known) return known;
	const pack = withNeedReasons(withBusinessRules(rulePackSchema.parse(fileOf(id).pack)));
	const faults = packFaults(pack);
	if (faults.length > 0) throw new Error(`Rule pack ${id}: ${faults.join('; ')}`);
	packs.set(id, pack);
	return pack;
}

/** One set for all provinces: Tiền Giang's regulation lists the papers, and the law behind it is everywhere the same. */
function withBusinessRules(pack: RulePack): RulePack {
	const rules = businessRulesSchema.parse(businesses);
	const sectors = new Set(pack.sectors.map((sector) => sector.id));
	return {
		...pack,
		businesses: {
			...rules,
			// A paper for sectors this province does not have is one nobody needs here.
			papers: rules.papers.filter(
				({ requiredSectors }) => requiredSectors.length === 0 || requiredSectors.some((id) => sectors.has(id))
			)
		}
	};
}

/** One set for all provinces: the regulation says what a need tells (TG-6.6), and nothing of it is a province's own. */
const withNeedReasons = (pack: RulePack): RulePack => ({
	...pack,
	needReasons: z.array(needReasonSchema).parse(needs.reasons)
});

/** The wards a pack covers, with the names they had before 1/7/2025 (LAW-reform-2025). */
export function loadWards(id: string): readonly Ward[] {
	const known = wards.get(id);
	if (known) return known;
	const list = wardsSchema.parse(fileOf(id).wards);
	wards.set(id, list);
	return list;
}

/**
 * Grounds, notices and who answers for whom, when something is locked (TG-9.1). One set for all provinces: only Tiền
 * Giang's regulation says it, and the law behind it is everywhere the same. The main department stands first in a pack
 * and manages the accounts of people who sell nothing (TG-3.2, TG-19.7).
 */
export function loadEnforcement(id: string): EnforcementRules {
	const [main] = loadPack(id).agencies;
	return enforcementRulesSchema.parse({ ...enforcement, accountsAgencyId: main?.id });
}

/** References inside a pack that lead nowhere, and ids that occur twice; empty when it is sound. */
export function packFaults(pack: RulePack): string[] {
	const faults: string[] = [];
	const lists = {
		agencies: pack.agencies,
		categories: pack.categories,
		units: pack.units,
		paymentMethods: pack.paymentMethods,
		shippingMethods: pack.shippingMethods,
		certificateTypes: pack.certificateTypes,
		returnReasons: pack.returnReasons,
		reasons: [...pack.returnReasons, ...(pack.needReasons ?? []), ...pack.businesses.reasons]
	};
	for (const [name, list] of Object.entries(lists)) {
		const ids = list.map((item) => item.id);
		for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i)))
			faults.push(`${name}: ${id} occurs twice`);
	}
	const agencies = new Set(pack.agencies.map((a) => a.id));
	const sectors = new Set(pack.sectors.map((s) => s.id));
	faults.push(...agencyFaults(pack));
	for (const s of pack.sectors)
		if (!agencies.has(s.agencyId)) faults.push(`sector ${s.id}: unknown agency ${s.agencyId}`);
	for (const c of pack.categories)
		if (!sectors.has(c.sectorId)) faults.push(`category ${c.id}: unknown sector ${c.sectorId}`);
	return faults;
}

function fileOf(id: string): { pack: unknown; wards: unknown } {
	const file = files[id];
	if (!file) throw new Error(`Unknown rule pack "${id}"; this build carries ${packIds.join(', ')}`);
	return file;
}
