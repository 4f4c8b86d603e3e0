import { addDays, countWorkingDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { NeedContent } from '$lib/domain/needs/schema.ts';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { at, daysBefore, later, receiptSlots } from './clock.ts';
import type { DemoListing } from './listing-content.ts';
import { people, stableId, type Person } from './people.ts';
import { officerOf } from './play.ts';
import { findOpenCaseOf } from './queries.ts';
import type { Stage } from './stage.ts';

type DemoNeed = {
	readonly by: Person;
	readonly content: Omit<NeedContent, 'until'>;
	/** How many days from today it still stands. */
	readonly left: number;
	/** `waits` = it was sent a moment ago. */
	readonly becomes: 'approved' | 'returned' | 'waits';
	readonly offers?: readonly { readonly seller: string; readonly title: string; readonly quantity: number }[];
};

const needs: readonly DemoNeed[] = [
	{
		by: people.chilan,
		content: {
			title: 'Xoài cát Hòa Lộc cho quán sinh tố',
			categoryId: 'trai-cay',
			quantity: 30,
			unit: 'kg',
			rhythm: 'week',
			price: 80_000,
			description: 'Trái chín tới, không cần đẹp mã. Giao sáng thứ hai trước 7 giờ, lấy đều quanh năm.',
			wardCode: '28249'
		},
		left: 45,
		becomes: 'approved',
		offers: [
			{ seller: 'htx-hoa-loc', title: 'Xoài cát Hòa Lộc loại 1', quantity: 30 },
			{ seller: 'htx-hoa-loc', title: 'Xoài cát Hòa Lộc chín cây', quantity: 15 }
		]
	},
	{
		by: people.anhtuan,
		content: {
			title: 'Gạo thơm cho bếp ăn 300 suất',
			categoryId: 'gao-ngu-coc',
			quantity: 20,
			unit: 'bao-25kg',
			rhythm: 'month',
			price: null,
			description: 'Gạo mới, cơm dẻo, có hóa đơn. Giao tận bếp vào đầu tháng.',
			wardCode: '28261'
		},
		left: 60,
		becomes: 'approved',
		offers: [{ seller: 'htx-my-thanh', title: 'Gạo ST25 bao 25 kg', quantity: 20 }]
	},
	{
		by: people.comai,
		content: {
			title: 'Chiếu lác cho nhà nghỉ 12 phòng',
			categoryId: 'thu-cong-my-nghe',
			quantity: 24,
			unit: 'chiec',
			rhythm: 'once',
			price: 250_000,
			description: 'Khổ 1,6 m, hoa văn nhã, giao một lần trong tháng này.',
			wardCode: '28270'
		},
		left: 20,
		becomes: 'approved'
	},
	{
		by: people.chithuy,
		content: {
			title: 'Mua cá',
			categoryId: 'thuy-san',
			quantity: 5,
			unit: 'kg',
			rhythm: 'week',
			price: null,
			description: '',
			wardCode: '28261'
		},
		left: 30,
		becomes: 'returned'
	},
	{
		by: people.chuduc,
		content: {
			title: 'Tinh dầu bưởi cho tiệm gội đầu',
			categoryId: 'tinh-dau',
			quantity: 40,
			unit: 'chai',
			rhythm: 'month',
			price: 90_000,
			description: 'Chai 30 ml, có phiếu công bố mỹ phẩm.',
			wardCode: '28249'
		},
		left: 90,
		becomes: 'waits'
	}
];

/** TG-10.3a: needs on the board with and without offers, one that was returned and one that waits. */
export async function seedNeeds(stage: Stage, listings: readonly DemoListing[], now: string): Promise<void> {
	const { calendar } = loadPack('tien-giang');
	const recent = receiptSlots(now, 3, calendar).map(({ received }) => received);
	const latest = recent.sort().at(-1) ?? now;
	for (const { by, content, left, becomes, offers } of needs) {
		const needId = stableId(`need:${content.title}`);
		// Long enough ago for the longest holidays between receipt and answer.
		const received = becomes === 'waits' ? latest : at(daysBefore(now, 24), 9);
		await stage.act(by, {
			when: received,
			name: 'need.submit',
			input: { needId, base: 0, content: { ...content, until: addDays(vietnamDay(now), left) } }
		});
		if (becomes === 'waits') continue;
		const [first] = countWorkingDays({ from: received, workingDays: 3, calendar }).counted;
		await decide(stage, needId, becomes, at(first ?? vietnamDay(received), 10));
		for (const [nth, { seller, title, quantity }] of (offers ?? []).entries()) {
			const listing = listings.find((one) => one.business.key === seller && one.content.title === title);
			if (!listing) throw new Error(`${seller} does not sell "${title}"`);
			await stage.act(listing.business.owner, {
				when: later(at(daysBefore(now, 4), 8), nth * 90),
				name: 'offer.send',
				input: { offerId: stableId(`offer:${title}`), needId, needRev: 1, listingId: listing.id, quantity }
			});
		}
	}
}

async function decide(
	stage: Stage,
	needId: string,
	becomes: 'approved' | 'returned',
	when: string
): Promise<void> {
	const open = await findOpenCaseOf(stage.db, needId);
	if (!open) throw new Error(`need ${needId} has no open case`);
	const { id: caseId, listingRev } = open;
	await stage.act(officerOf(open), {
		when,
		name: 'case.decide',
		input:
			becomes === 'approved'
				? { caseId, listingRev, decision: 'approve', note: '' }
				: {
						caseId,
						listingRev,
						decision: 'return',
						reasonCodes: ['nhu-cau-chua-ro'],
						note: 'Cần loại cá nào, cỡ bao nhiêu? Ghi rõ thì bà con mới chào được.'
					}
	});
}
