import { createHash } from 'node:crypto';
import type { Result } from '$lib/domain/kernel/refusal.ts';
import { stableId } from '$lib/server/seed/people.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { agreementText } from '$lib/domain/businesses/rules.ts';
import type { BusinessContent, BusinessPerson, BusinessSubmit } from '$lib/domain/businesses/schema.ts';
import { photo, type Exchange, type Person } from './exchange.ts';

export type Changes = {
	readonly base?: number;
	readonly content?: Partial<BusinessContent>;
	readonly person?: Partial<BusinessPerson>;
};

/** Chị Lan's jam kitchen: a household that sells farm produce and sweets, so two departments are asked. */
export function registration(pack: RulePack, changes: Changes & { businessId: string }): BusinessSubmit {
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

let numbered = 0;

/** A member who never sold anything, one a call. */
export function applicant(name: string, email = ''): Person {
	numbered += 1;
	return {
		id: stableId(`registers:${numbered}`),
		userName: `dangky${numbered}`,
		name,
		phone: `0911000${String(numbered).padStart(3, '0')}`,
		email,
		roles: ['buyer'],
		post: null
	};
}

export type BusinessDesk = ReturnType<typeof openDesk>;

/** Both sides of a registration: who sends it, and the departments that answer. */
export function openDesk(exchange: Exchange) {
	/** Papers first, then the registration. */
	async function sends(who: Person, businessId: string, changes: Changes, now: string) {
		const input = registration(exchange.pack, { businessId, ...changes });
		for (const paper of input.content.papers)
			for (const hash of paper.files) await exchange.stores(who, hash);
		return exchange.does(who, { name: 'business.submit', input }, { now });
	}

	const casesOf = (businessId: string) => exchange.db<
		{
			id: string;
			code: string;
			state: string;
			rev: number;
			round: number;
			agencyId: string;
			lastDay: string;
		}[]
	>`select id, code, state, subject_rev as rev, round, agency_id as "agencyId", last_day as "lastDay"
		from cases where subject_id = ${businessId} order by agency_id, round`;

	/** The officer's answer to the last case of the own department. */
	async function decides(
		officer: Person,
		businessId: string,
		decision: 'approve' | 'return' | 'refuse',
		more: { checked?: string[]; rev?: number; now: string }
	): Promise<Result<void>> {
		const agencyId = officer.post?.agencyId ?? '';
		const open = (await casesOf(businessId)).filter((one) => one.agencyId === agencyId).at(-1);
		if (!open) throw new Error('no case');
		const common = { caseId: open.id, listingRev: more.rev ?? open.rev, note: '' };
		const reason = exchange.pack.businesses.reasons.find((one) => one.refuses === (decision === 'refuse'));
		const checked = more.checked ?? ['so-dinh-danh', 'giay-phep'];
		return exchange.does(
			officer,
			{
				name: 'case.decide',
				input:
					decision === 'approve'
						? { ...common, decision, checked }
						: { ...common, decision, reasonCodes: [reason?.id ?? ''] }
			},
			{ now: more.now }
		);
	}

	return { sends, casesOf, decides };
}
