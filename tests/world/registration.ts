import { createHash } from 'node:crypto';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { agreementText } from '$lib/domain/businesses/rules.ts';
import type { BusinessContent, BusinessPerson, BusinessSubmit } from '$lib/domain/businesses/schema.ts';
import { photo } from './exchange.ts';

/** Chị Lan's jam kitchen: a household that sells farm produce and sweets, so two departments are asked. */
export function registration(
	pack: RulePack,
	changes: {
		businessId: string;
		base?: number;
		content?: Partial<BusinessContent>;
		person?: Partial<BusinessPerson>;
	}
): BusinessSubmit {
	const paper = (type: string, expiresOn: string | null) => ({
		type,
		number: `${type}-2026`,
		issuedBy: 'UBND xã Ngũ Hiệp',
		issuedOn: '2026-01-05',
		expiresOn,
		scope: '',
		files: [photo(`giấy ${type}`)]
	});
	const { agreement } = pack.businesses;
	return {
		businessId: changes.businessId,
		base: changes.base ?? 0,
		content: {
			kind: 'household',
			name: 'Mứt nhà Lan',
			intro: 'Mứt trái cây nấu tay',
			phone: '0900000003',
			sectors: ['nong-san', 'banh-keo-do-uong'],
			growingArea: '',
			growingAreaCode: '',
			places: [{ wardCode: '28249', place: 'Ấp 3' }],
			papers: [paper('giay-dang-ky', null), paper('attp', '2099-12-31')],
			...changes.content
		},
		person: {
			identityNumber: '082190000000',
			representative: 'Trần Ngọc Lan',
			identityFiles: [],
			...changes.person
		},
		agreement: {
			version: agreement.version,
			hash: createHash('sha256').update(agreementText(agreement)).digest('hex')
		}
	};
}
