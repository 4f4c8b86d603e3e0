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

/**
 * `act@device` one after the other, with seeds that differ from try to try. `#n` fixes one: `sync#7`, `#8`, `#9` and
 * `#15` are rounds over a good line that are waited for, `type#2` is saved, with a picture taken where
 * there are no goods yet, `shareDevice#7` happens while the tab is open.
 */
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
		steps: story(
			'sync@tu-phone#7 sync@tu-phone#8 type@tu-phone#2 read@tu-phone sync@tu-phone#9 sync@tu-phone'
		)
	},
	{
		rule: 'sync 2',
		bug: 'blocked queue',
		words: /sync 2: .* still (waiting|quarantined) after healing/,
		tries,
		steps: story(`sync@tu-phone sync@tu-phone restock@tu-phone sync@tu-tablet sync@tu-tablet restock@tu-tablet
			sync@tu-tablet sync@tu-tablet sync@tu-phone sync@tu-phone type@tu-phone sync@tu-phone`)
	},
	{
		rule: 'sync 3',
		bug: 'early release',
		words: /sync 3: .* disappeared/,
		tries,
		steps: story(
			'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone slowWriter@lan-phone sync@lan-phone#9 sync@lan-phone read@lan-phone'
		)
	},
	{
		rule: 'sync 3',
		bug: 'needs forgotten',
		words: /sync 3: .* need .* disappeared/,
		tries,
		steps: story('sync@lan-phone#7 sync@lan-phone#8 need@lan-phone')
	},
	{
		rule: 'sync 4',
		bug: 'last word wins',
		words: /sync 4: .* replaced .* unseen/,
		tries,
		steps: story(`sync@tu-phone sync@tu-phone sync@tu-tablet sync@tu-tablet type@tu-phone type@tu-phone
			sync@tu-phone sync@tu-phone type@tu-tablet type@tu-tablet sync@tu-tablet`)
	},
	{
		rule: 'sync 5',
		bug: 'photos forgotten',
		words: /sync 5: .* photo/,
		tries,
		steps:
			story(`sync@ba-phone#7 sync@ba-phone#8 type@ba-phone#2 submit@ba-phone sync@ba-phone#9 type@ba-phone
			submit@ba-phone sync@ba-phone`)
	},
	{
		rule: 'sync 6',
		bug: 'wrong name',
		words: /sync 6: .* carried out/,
		tries,
		steps: story(
			'sync@tu-tablet#7 sync@tu-tablet#8 type@tu-tablet type@tu-tablet shareDevice@tu-tablet#7 sync@tu-tablet#9 sync@tu-tablet'
		)
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
	},
	{
		rule: 'sync 10',
		bug: 'packs too new',
		words: /listings public\|.* is not what the feed has/,
		tries,
		steps: story(
			'packGoods@tu-phone sync@tu-phone#7 restock@tu-phone sync@tu-phone#8 sync@tu-phone sync@lan-phone#9'
		)
	},
	{
		rule: 'TG-9.2',
		bug: 'lasting needs',
		words: /TG-9.2: need .* of a locked person is approved/,
		tries,
		steps: story('sync@lan-phone#7 lockAccount@lan-phone')
	},
	{
		rule: 'sync 13',
		bug: 'same epoch',
		words: /was acknowledged and is lost/,
		tries,
		steps:
			story(`sync@tu-phone#7 sync@tu-phone#8 backup@tu-phone type@tu-phone#2 type@tu-phone sync@tu-phone#9
			sync@tu-phone#15 restore@tu-phone`)
	}
];
