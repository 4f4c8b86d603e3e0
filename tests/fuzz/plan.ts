import { Random } from './random.ts';

/** The devices of every story, and whose they are at first. The tablet is shared with chị Lan at times. */
export const deviceNames = ['tu-phone', 'tu-tablet', 'lan-phone', 'minh-desk'] as const;
export type DeviceName = (typeof deviceNames)[number];

/** What anybody's device goes through. */
const anywhere = {
	sync: 30,
	kill: 4,
	clock: 1.5,
	signOut: 1.2,
	sessionEnds: 1.5,
	signIn: 2.5,
	postChanges: 1,
	otherOfficer: 1,
	lockSeller: 0.2,
	lockAccount: 0.4,
	newEpoch: 0.7,
	slowWriter: 1.5,
	oldRequest: 1.5,
	read: 1.5,
	retry: 1.5,
	drop: 0.5
} as const;

const sells = {
	type: 22,
	submit: 6,
	withdraw: 1.5,
	restock: 1.5,
	discard: 0.5,
	advance: 2,
	resolve: 4,
	photoArrives: 3
} as const;

const weights = {
	'tu-phone': { ...anywhere, ...sells },
	'tu-tablet': { ...anywhere, ...sells, order: 1, shareDevice: 2 },
	'lan-phone': { ...anywhere, order: 14, advance: 6 },
	'minh-desk': { ...anywhere, decide: 14, shareDevice: 1 }
} as const satisfies Readonly<Record<DeviceName, object>>;

export type Act = keyof typeof anywhere | keyof typeof sells | 'order' | 'decide' | 'shareDevice';

/** One step of a story. Whatever is chosen in it comes from its own seed, so that others can be taken out. */
export type Step = { readonly act: Act; readonly on: DeviceName; readonly seed: number };

/** How often people turn to each device: two that write one text meet most. */
const attention = { 'tu-phone': 4, 'tu-tablet': 4, 'lan-phone': 2, 'minh-desk': 2 } as const;

/** A story of about `length` steps. Steps keep to one device for a while, as people do. */
export function plan(seed: number, length: number): Step[] {
	const random = new Random(seed);
	const steps: Step[] = [];
	let on: DeviceName = 'tu-phone';
	while (steps.length < length) {
		if (random.chance(0.18)) on = random.weighted(attention);
		const act: Act = random.weighted<Act>(weights[on]);
		// Nothing can be done on a device that has never been told anything.
		const fresh = !steps.some((step) => step.on === on);
		steps.push({ act: fresh ? 'sync' : act, on, seed: random.below(2 ** 31) });
	}
	return steps;
}

export const describeStep = (step: Step): string => `${step.act}@${step.on}#${step.seed}`;
