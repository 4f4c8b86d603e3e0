import { readStep, type Step } from './plan.ts';
import type { Sabotage } from './sabotage.ts';

/** For each bug a short story in which it shows, with the words the oracle must find for it. */
export type PlantedBug = {
	readonly rule: string;
	readonly bug: Sabotage;
	readonly words: RegExp;
	readonly tries: number;
	/** The story, with other seeds at each try. */
	readonly steps: (attempt: number) => Step[];
};

/** `act@device` one after the other, with seeds that differ from try to try. `#n` fixes one. */
const story =
	(text: string) =>
	(attempt: number): Step[] =>
		text
			.trim()
			.split(/\s+/)
			.map((step, at) => readStep(step.includes('#') ? step : `${step}#${50 + at + 100 * attempt}`));

const tries = 12;

export const bugs: readonly PlantedBug[] = [
	{
		rule: 'sync 1',
		bug: 'new ids',
		words: /which nobody made/,
		tries,
		steps: story(
			'sync@tu-phone type@tu-phone sync@tu-phone type@tu-phone sync@tu-phone type@tu-phone sync@tu-phone'
		)
	},
	{
		rule: 'sync 1',
		bug: 'empty promise',
		words: /was acknowledged and is lost/,
		tries,
		steps: story('sync@tu-phone sync@tu-phone type@tu-phone read@tu-phone sync@tu-phone sync@tu-phone')
	},
	{
		rule: 'sync 7',
		bug: 'no horizon',
		words: /notifications .* is missing/,
		tries,
		steps: story('sync@tu-phone slowWriter@tu-phone sync@tu-phone sync@tu-phone sync@tu-phone')
	},
	{
		rule: 'sync 8',
		bug: 'old posts',
		words: /was served agency:so-nnmt/,
		tries,
		steps: story('sync@minh-desk sync@minh-desk postChanges@minh-desk sync@minh-desk sync@minh-desk')
	},
	{
		rule: 'sync 8',
		bug: 'no purge',
		words: /still on the disk/,
		tries,
		steps: story('sync@tu-phone sync@tu-phone withdraw@tu-phone sync@tu-phone sync@tu-phone')
	},
	{
		rule: 'sync 9',
		bug: 'no floor',
		words: /listings .* is here and not due/,
		tries,
		steps: story(
			'sync@lan-phone sync@lan-phone sync@tu-phone withdraw@tu-phone sync@tu-phone sync@tu-phone compact@tu-phone sync@lan-phone'
		)
	}
];
