import { unitPriceFor, type Contact } from '$lib/domain/orders/schema.ts';
import type { OrderEvent } from '$lib/domain/orders/states.ts';
import { afterBreakfast, beforeBedtime, later } from './clock.ts';
import type { DemoListing } from './listing-content.ts';
import { people, stableId, type Person } from './people.ts';
import { randomOf, type Random } from './random.ts';

export type OrderStep = { readonly at: string; readonly orderId: string; readonly listing: DemoListing } & (
	| {
			readonly do: 'order';
			readonly buyer: Person;
			readonly quantity: number;
			readonly unitPrice: number;
			readonly payment: string;
			readonly shipping: string;
			readonly contact: Contact;
			readonly note: string;
	  }
	| {
			readonly do: 'advance';
			readonly by: Person;
			/** The order's version the person saw. */
			readonly rev: number;
			readonly event: Exclude<OrderEvent, 'forward'>;
			readonly reason: string;
			readonly carrier: string;
			readonly trackingCode: string;
			readonly shippingFee: number | null;
	  }
);

/** How an order went: what was done, and how many minutes after the step before. */
type Course = {
	readonly name: string;
	readonly count: number;
	/** Hours before now at which such orders were placed. */
	readonly placed: readonly [from: number, to: number];
	readonly steps: readonly {
		readonly event: Exclude<OrderEvent, 'forward'>;
		readonly by: 'buyer' | 'seller';
		readonly hours: readonly [from: number, to: number];
		readonly reason?: string;
	}[];
};

const confirm = { event: 'confirm', by: 'seller', hours: [1, 7] } as const;
const handOver = { event: 'hand_over', by: 'seller', hours: [4, 20] } as const;

const courses: readonly Course[] = [
	{ name: 'waiting', count: 8, placed: [1, 20], steps: [] },
	{ name: 'pickup', count: 6, placed: [12, 30], steps: [confirm] },
	{ name: 'on the way', count: 7, placed: [34, 60], steps: [confirm, handOver] },
	{
		name: 'delivered',
		count: 20,
		placed: [96, 900],
		steps: [confirm, handOver, { event: 'deliver', by: 'seller', hours: [10, 50] }]
	},
	{
		name: 'cancelled',
		count: 3,
		placed: [30, 300],
		steps: [{ event: 'cancel', by: 'buyer', hours: [1, 6], reason: 'Đặt nhầm số lượng, xin đặt lại sau.' }]
	},
	{
		name: 'declined',
		count: 3,
		placed: [50, 400],
		steps: [
			{ event: 'decline', by: 'seller', hours: [2, 9], reason: 'Hôm nay hết hàng đúng loại, mong thông cảm.' }
		]
	},
	{
		name: 'failed',
		count: 2,
		placed: [120, 300],
		steps: [
			confirm,
			handOver,
			{ event: 'fail', by: 'seller', hours: [12, 40], reason: 'Gọi ba lần người nhận không nghe máy.' }
		]
	},
	{
		name: 'sent again',
		count: 1,
		placed: [170, 200],
		steps: [
			confirm,
			handOver,
			{ event: 'fail', by: 'seller', hours: [12, 20], reason: 'Sai số nhà, đã hỏi lại người mua.' },
			{ event: 'resend', by: 'seller', hours: [3, 8] },
			handOver
		]
	}
];

const buyers: readonly [Person, ...Person[]] = [
	people.chilan,
	people.anhtuan,
	people.comai,
	people.chuduc,
	people.chithuy
];
const addresses: Readonly<Record<string, { address: string; wardCode: string }>> = {
	chilan: { address: '12/4 Nguyễn Trãi, phường Mỹ Tho', wardCode: '28261' },
	anhtuan: { address: '88 Lê Văn Việt, Thành phố Hồ Chí Minh', wardCode: '' },
	comai: { address: 'Ấp Bình Hạnh, xã Chợ Gạo', wardCode: '28594' },
	chuduc: { address: '45 Nguyễn Huệ, phường Sa Đéc', wardCode: '29905' },
	chithuy: { address: 'Tổ 3, phường Cai Lậy', wardCode: '28439' }
};
const notes = [
	'',
	'',
	'',
	'Giao giờ hành chính giúp em.',
	'Lựa trái vừa chín tới nha cô.',
	'Gọi trước khi giao.'
] as const;

/** Orders in every state, on goods that were in the catalogue by then. */
export function planOrders(
	listings: readonly DemoListing[],
	approvedAt: ReadonlyMap<string, string>,
	now: string
): OrderStep[] {
	const steps: OrderStep[] = [];
	const bySeller = listings.filter((l) => approvedAt.has(l.id));
	let number = 0;
	for (const course of courses)
		for (let i = 0; i < course.count; i++) {
			number += 1;
			const random = randomOf(`order:${number}`);
			const placed = beforeBedtime(later(now, -60 * random.int(...course.placed) - random.int(3, 50)));
			const listing = number === 1 ? famous(listings) : choose(bySeller, approvedAt, placed, random, i);
			// The first of each course is chị Lan's, so that one sign-in shows them all.
			const buyer = i === 0 ? people.chilan : random.pick(buyers);
			steps.push(...followed(course, { number, placed, listing, buyer, random, now }));
		}
	return steps;
}

/** Chị Lan waits for ten kilos of bà Tư's durian: the story the drawings and tests tell. */
function famous(listings: readonly DemoListing[]): DemoListing {
	const title = 'Sầu riêng Ri6 Ngũ Hiệp loại 1';
	const found = listings.find((l) => l.content.title === title);
	if (!found) throw new Error(`the demo has no listing "${title}"`);
	return found;
}

/** The first three of each course are bà Tư's and chú Ba's; the rest come from everywhere. */
function choose(
	listings: readonly DemoListing[],
	approvedAt: ReadonlyMap<string, string>,
	placed: string,
	random: Random,
	i: number
): DemoListing {
	const sellers = i < 2 ? ['batu'] : i === 2 ? ['chuba'] : null;
	const ready = listings.filter(
		(l) =>
			(approvedAt.get(l.id) ?? placed) < later(placed, -60) &&
			(l.content.stock ?? 100) >= 20 &&
			(sellers === null || (sellers.includes(l.business.key) && l.content.categoryId === 'trai-cay'))
	);
	const [first, ...rest] = ready;
	if (!first) throw new Error(`nothing was for sale at ${placed}`);
	return random.pick([first, ...rest]);
}

function followed(
	course: Course,
	order: {
		number: number;
		placed: string;
		listing: DemoListing;
		buyer: Person;
		random: Random;
		now: string;
	}
): OrderStep[] {
	const { listing, buyer, random, placed, now } = order;
	const { content } = listing;
	const price = content.price ?? 0;
	const orderId = stableId(`order:${order.number}`);
	const quantity = Math.max(
		order.number === 1 ? 10 : (content.minimum ?? 1),
		price > 1_000_000 ? 1 : price > 100_000 ? random.int(1, 4) : random.pick([3, 5, 6, 10, 12])
	);
	const shipping = content.shipping[random.int(0, content.shipping.length - 1)] ?? '';
	const address = addresses[buyer.userName];
	if (!address) throw new Error(`${buyer.name} has no address`);
	const steps: OrderStep[] = [
		{
			do: 'order',
			at: placed,
			orderId,
			listing,
			buyer,
			quantity,
			unitPrice: unitPriceFor({ price, bulk: content.bulk }, quantity),
			payment: content.payment[random.int(0, content.payment.length - 1)] ?? '',
			shipping,
			contact: { name: buyer.name, phone: buyer.phone, ...address },
			note: random.pick(notes)
		}
	];
	let when = placed;
	course.steps.forEach((step, i) => {
		const next = afterBreakfast(later(when, 60 * random.int(...step.hours) + random.int(0, 50)));
		// Whatever the draw, nothing happens after now.
		when = next < now ? next : later(now, -1);
		const hands = step.event === 'hand_over';
		steps.push({
			do: 'advance',
			at: when,
			orderId,
			listing,
			by: step.by === 'buyer' ? buyer : listing.business.owner,
			rev: i + 1,
			event: step.event,
			reason: step.reason ?? '',
			carrier: hands ? (carriers[shipping] ?? '') : '',
			trackingCode: hands && shipping === 'buu-dien' ? `EL${random.int(100_000_000, 999_999_999)}VN` : '',
			shippingFee: hands && shipping !== 'tu-den-lay' ? random.pick([0, 25_000, 30_000, 45_000]) : null
		});
	});
	return steps;
}

const carriers: Readonly<Record<string, string>> = {
	'tu-den-lay': 'Khách đến lấy',
	'nguoi-ban-giao': 'Người bán tự giao',
	'chanh-xe': 'Chành xe bến Tiền Giang',
	'buu-dien': 'Bưu điện',
	'don-vi-van-chuyen': 'Đơn vị vận chuyển hai bên chọn',
	'xe-lanh': 'Xe lạnh'
};
