import { people, type Person } from '../world/exchange.ts';
import { Random } from './random.ts';

/** Whose the devices of the stories are at first. The tablet and the desk are shared with others at times. */
export const owners = {
	'tu-phone': people.batu,
	'tu-tablet': people.batu,
	'lan-phone': people.chilan,
	'minh-desk': people.anhminh,
	'tu-old-phone': people.batu,
	'ba-phone': people.chuba,
	'hanh-desk': people.chihanh,
	'lan-tablet': people.chilan
} as const satisfies Readonly<Record<string, Person>>;
export type DeviceName = keyof typeof owners;

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
	restart: 0.8,
	secondTab: 1.5,
	live: 0.8,
	packGoods: 1.5,
	backup: 0.8,
	restore: 0.8,
	compact: 1,
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
	photoArrives: 3,
	offer: 4,
	withdrawOffer: 1.5,
	need: 1,
	bring: 0.8
} as const;

const looksFor = { need: 6, closeNeed: 1.5 } as const;

const seller = { ...anywhere, ...sells };
const buyer = { ...anywhere, order: 12, advance: 5, bring: 0.8, ...looksFor };
const officer = { ...anywhere, decide: 14 };

const weights = {
	'tu-phone': seller,
	'tu-tablet': { ...seller, ...looksFor, need: 2, order: 1, shareDevice: 2 },
	'lan-phone': buyer,
	'minh-desk': { ...officer, shareDevice: 1 },
	'tu-old-phone': seller,
	'ba-phone': { ...seller, ...looksFor, need: 3, order: 3 },
	'hanh-desk': officer,
	'lan-tablet': buyer
} as const satisfies Readonly<Record<DeviceName, object>>;

export type Act =
	keyof typeof anywhere | keyof typeof sells | keyof typeof looksFor | 'order' | 'decide' | 'shareDevice';

/** One step of a story. Whatever is chosen in it comes from its own seed, so that others can be taken out. */
export type Step = { readonly act: Act; readonly on: DeviceName; readonly seed: number };

/** In some stories people meet over needs: a need, a decision, an offer come one after the other, from three devices. */
const overNeeds: Readonly<Partial<Record<Act, number>>> = {
	need: 4,
	closeNeed: 4,
	offer: 4,
	withdrawOffer: 8,
	decide: 2,
	otherOfficer: 6
};
const shareOverNeeds = 0.3;

/** In some, work goes from phone to phone as a file, again and again. */
const byFile: Readonly<Partial<Record<Act, number>>> = { bring: 8, retry: 3, resolve: 2, sync: 0.6 };
const shareByFile = 0.2;

/** What a story is about, apart from all that happens anyway. */
type Theme = 'needs' | 'files' | null;

/** How often people turn to each device: two that write one text meet most. */
const attention: Readonly<Record<DeviceName, number>> = {
	'tu-phone': 4,
	'tu-tablet': 4,
	'lan-phone': 2,
	'minh-desk': 2,
	'tu-old-phone': 2,
	'ba-phone': 1,
	'hanh-desk': 1,
	'lan-tablet': 1
};

/** Two devices to eight, few more often than many: small stories go wrong where a person can follow. */
function cast(random: Random, theme: Theme): Partial<Record<DeviceName, number>> {
	const chosen: Partial<Record<DeviceName, number>> = {};
	const size = random.weighted({ 2: 4, 3: 6, 4: 5, 5: 2, 6: 1, 7: 1, 8: 1 });
	const left = { ...attention, 'minh-desk': 4, 'lan-phone': theme === 'needs' ? 40 : 4 };
	if (theme === 'files')
		Object.assign(left, { 'tu-phone': 40, 'tu-tablet': 40, 'tu-old-phone': 8, 'lan-tablet': 8 });
	while (Object.keys(chosen).length < Number(size)) {
		const name = random.weighted<DeviceName>(left);
		chosen[name] = attention[name];
		left[name] = 0;
	}
	return chosen;
}

const times: Readonly<Record<'needs' | 'files', Readonly<Partial<Record<Act, number>>>>> = {
	needs: overNeeds,
	files: byFile
};

function weightsOf(on: DeviceName, theme: Theme): Partial<Record<Act, number>> {
	const usual: Readonly<Partial<Record<Act, number>>> = weights[on];
	const made = { ...usual };
	if (theme !== null)
		for (const [act, more] of Object.entries(times[theme]))
			if (isAct(act, on)) made[act] = more * (usual[act] ?? 0);
	return made;
}

/** A story of 10 to 60 steps. They keep to one device for a while, as people do. */
export function plan(seed: number): Step[] {
	const random = new Random(seed);
	const needs = random.chance(shareOverNeeds);
	const theme: Theme = needs ? 'needs' : random.chance(shareByFile) ? 'files' : null;
	const devices = cast(random, theme);
	const length = 10 + Math.floor(50 * random.next() ** 2);
	const steps: Step[] = [];
	let on = random.weighted<DeviceName>(devices);
	while (steps.length < length) {
		if (random.chance(0.18)) on = random.weighted<DeviceName>(devices);
		const act: Act = random.weighted<Act>(weightsOf(on, theme));
		// Nothing can be done on a device that has never been told anything.
		const fresh = !steps.some((step) => step.on === on);
		steps.push({ act: fresh ? 'sync' : act, on, seed: random.below(2 ** 31) });
	}
	return steps;
}

export const describeStep = (step: Step): string => `${step.act}@${step.on}#${step.seed}`;

const stepPattern = /^(\w+)@([\w-]+)#(\d+)$/;

/** Reads what `describeStep` wrote: pinned stories are kept as text. */
export function readStep(text: string): Step {
	const [, act = '', on = '', seed = ''] = stepPattern.exec(text) ?? [];
	if (!isDevice(on) || !isAct(act, on)) throw new Error(`not a step: ${text}`);
	return { act, on, seed: Number(seed) };
}

const isDevice = (name: string): name is DeviceName => Object.hasOwn(owners, name);
const isAct = (name: string, on: DeviceName): name is Act => Object.hasOwn(weights[on], name);
