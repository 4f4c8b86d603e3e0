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

const planted = (rule: string, bug: Sabotage, words: RegExp, text: string): PlantedBug => ({
	...{ rule, bug, words },
	...{ tries: 12, steps: story(text) }
});

export const bugs: readonly PlantedBug[] = [
	planted(
		'sync 1',
		'new ids',
		/which nobody made/,
		'sync@tu-phone type@tu-phone sync@tu-phone type@tu-phone sync@tu-phone type@tu-phone sync@tu-phone'
	),
	planted(
		'sync 1',
		'empty promise',
		/was acknowledged and is lost/,
		'sync@tu-phone#7 sync@tu-phone#8 type@tu-phone#2 read@tu-phone sync@tu-phone#9 sync@tu-phone'
	),
	planted(
		'sync 1',
		'forgotten ids',
		/listing .* has rev \d+ after \d+ applied changes/,
		'sync@tu-phone#7 sync@tu-phone#8 restock@tu-phone sync@tu-phone#9 oldRequest@tu-phone'
	),
	planted(
		'sync 1',
		'done twice',
		/sync 1: 2 orders of 1 that were placed/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone'
	),
	planted(
		'sync 1',
		'done twice',
		/sync 1: 3 needs of 2 that were posted/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone'
	),
	planted(
		'sync 1',
		'empty beginnings',
		/listing .* is not there after \d+ changes/,
		'sync@tu-phone#7 sync@tu-phone#8 type@tu-phone type@tu-phone type@tu-phone'
	),
	planted(
		'sync 1',
		'empty beginnings',
		/order .* has rev undefined after 0 steps/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone'
	),
	planted(
		'sync 1',
		'empty beginnings',
		/need .* is not there/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone'
	),
	planted(
		'sync 1',
		'empty beginnings',
		/offer .* is not there/,
		'sync@tu-phone#7 sync@tu-phone#8 offer@tu-phone'
	),
	planted(
		'sync 1',
		'empty steps',
		/order .* has rev 1 after 1 steps/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone sync@lan-phone#9 sync@lan-phone#7 advance@lan-phone'
	),
	planted(
		'sync 1',
		'empty steps',
		/case .* is open, not (approved|returned)/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone sync@lan-phone#9 sync@minh-desk#7 sync@minh-desk#8 decide@minh-desk'
	),
	planted(
		'sync 1',
		'empty steps',
		/notification .* is unread again/,
		'sync@tu-phone#7 sync@tu-phone#8 read@tu-phone'
	),
	planted(
		'sync 1',
		'empty steps',
		/need .* was closed and is approved/,
		'sync@lan-phone#7 sync@lan-phone#8 closeNeed@lan-phone'
	),
	planted(
		'sync 1',
		'empty steps',
		/need .* is returned with rev 1 after 2 texts/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone sync@lan-phone#9 otherOfficer@lan-phone sync@lan-phone#7 need@lan-phone'
	),
	planted(
		'sync 1',
		'empty steps',
		/offer .* was withdrawn and is not/,
		'sync@tu-phone#7 sync@tu-phone#8 offer@tu-phone sync@tu-phone#9 sync@tu-phone#7 withdrawOffer@tu-phone'
	),
	planted(
		'sync 1',
		'written twice',
		/timeline of order .* has 4 lines after 1 steps/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone sync@lan-phone#9 sync@lan-phone#7 advance@lan-phone'
	),
	planted(
		'sync 1',
		'written twice',
		/case .* was decided 2 times/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone sync@lan-phone#9 sync@minh-desk#7 sync@minh-desk#8 decide@minh-desk'
	),
	planted(
		'sync 1',
		'garbled',
		/listing .* is not what its commands say/,
		'sync@tu-phone#7 sync@tu-phone#8 type@tu-phone'
	),
	planted(
		'sync 1',
		'garbled',
		/need .* is not what was sent last/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone'
	),
	planted(
		'sync 1',
		'garbled',
		/offer .* is not what was sent/,
		'sync@tu-phone#7 sync@tu-phone#8 offer@tu-phone'
	),
	planted(
		'sync 1',
		'false refusal',
		/was applied and is shown as refused/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone'
	),
	planted(
		'sync 1',
		'silence is consent',
		/left the outbox while under way/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone sync@lan-phone order@lan-phone sync@lan-phone order@lan-phone sync@lan-phone'
	),
	planted(
		'sync 1',
		'short memory',
		/order.place .* is nowhere/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone'
	),
	planted(
		'sync 1',
		'strange answers',
		/an answer for .*, which nobody sent/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone'
	),
	planted(
		'sync 1',
		'hasty sign-out',
		/left the outbox as waiting and the exchange does not have it/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone signOut@lan-phone'
	),
	planted(
		'sync 1',
		'faulty service',
		/a service failed: listing.restock/,
		'sync@tu-phone#7 sync@tu-phone#8 restock@tu-phone'
	),
	planted(
		'sync 2',
		'blocked queue',
		/sync 2: .* still (waiting|quarantined) after healing/,
		`sync@tu-phone sync@tu-phone restock@tu-phone sync@tu-tablet sync@tu-tablet restock@tu-tablet
			sync@tu-tablet sync@tu-tablet sync@tu-phone sync@tu-phone type@tu-phone sync@tu-phone`
	),
	planted(
		'sync 3',
		'early release',
		/sync 3: .* disappeared/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone slowWriter@lan-phone sync@lan-phone#9 sync@lan-phone read@lan-phone'
	),
	planted(
		'sync 3',
		'needs forgotten',
		/sync 3: .* need .* disappeared/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone'
	),
	planted(
		'sync 3',
		'early sweep',
		/sync 3: .* need .* disappeared/,
		`need@lan-phone#1172641512 sync@lan-phone#881487456 slowWriter@lan-phone#1112292381 sync@lan-phone#2134011869
			sync@lan-phone#892358916 newEpoch@minh-desk#1050438044 otherOfficer@lan-phone#1745981608 sync@lan-phone#1446304571`
	),
	planted(
		'sync 4',
		'last word wins',
		/sync 4: .* replaced .* unseen/,
		`sync@tu-phone sync@tu-phone sync@tu-tablet sync@tu-tablet type@tu-phone type@tu-phone
			sync@tu-phone sync@tu-phone type@tu-tablet type@tu-tablet sync@tu-tablet`
	),
	planted(
		'sync 4',
		'forgotten words',
		/sync 4: .* is lost/,
		'sync@tu-phone#7 sync@tu-phone#8 type@tu-phone kill@tu-phone'
	),
	planted(
		'sync 5',
		'photos forgotten',
		/sync 5: .* photo/,
		`sync@ba-phone#7 sync@ba-phone#8 type@ba-phone#2 submit@ba-phone sync@ba-phone#9 type@ba-phone
			submit@ba-phone sync@ba-phone`
	),
	planted(
		'sync 5',
		'deaf to photos',
		/photos of .* do not arrive/,
		'sync@ba-phone#7 sync@ba-phone#8 type@ba-phone#2'
	),
	planted(
		'sync 5',
		'choosy about photos',
		/sync 5: .* was refused: upload_not_an_image/,
		'sync@ba-phone#7 sync@ba-phone#8 type@ba-phone#2'
	),
	planted(
		'sync 6',
		'wrong name',
		/sync 6: .* carried out/,
		'sync@tu-tablet#7 sync@tu-tablet#8 type@tu-tablet type@tu-tablet shareDevice@tu-tablet#7 sync@tu-tablet#9 sync@tu-tablet'
	),
	planted(
		'sync 7',
		'no horizon',
		/notifications .* is missing/,
		'sync@tu-phone slowWriter@tu-phone sync@tu-phone sync@tu-phone sync@tu-phone'
	),
	planted(
		'sync 7',
		'publish forgotten',
		/orders .* is published with state .* and is/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone sync@lan-phone#9 sync@lan-phone#7 advance@lan-phone'
	),
	planted(
		'sync 7',
		'publish forgotten',
		/needs .* is not published to public/,
		'sync@lan-phone#7 sync@lan-phone#8 need@lan-phone sync@lan-phone#9 sync@minh-desk#7 sync@minh-desk#8 decide@minh-desk'
	),
	planted('sync 7', 'torn pages', /a round failed/, 'sync@tu-phone#7'),
	planted(
		'sync 8',
		'old posts',
		/was served agency:so-nnmt/,
		'sync@minh-desk sync@minh-desk postChanges@minh-desk sync@minh-desk sync@minh-desk'
	),
	planted(
		'sync 8',
		'no purge',
		/still on the disk/,
		'sync@tu-phone sync@tu-phone withdraw@tu-phone sync@tu-phone sync@tu-phone'
	),
	planted(
		'sync 8',
		'publish forgotten',
		/listings .* is published to public, whose it is not/,
		'sync@tu-phone#7 sync@tu-phone#8 withdraw@tu-phone'
	),
	planted(
		'sync 8',
		'wrong reader',
		/orders .* is published to user:.*, whose it is not/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone'
	),
	planted(
		'sync 8',
		'wrong reader',
		/ba-phone.* holds orders .*, which is not theirs to see/,
		'sync@ba-phone#7 sync@lan-phone#7 sync@lan-phone#8 order@lan-phone'
	),
	planted(
		'sync 9',
		'no floor',
		/listings .* is here and not due/,
		'sync@lan-phone sync@lan-phone sync@tu-phone withdraw@tu-phone sync@tu-phone sync@tu-phone compact@tu-phone sync@lan-phone'
	),
	planted(
		'sync 10',
		'packs too new',
		/listings public\|.* is not what the feed has/,
		'packGoods@tu-phone sync@tu-phone#7 restock@tu-phone sync@tu-phone#8 sync@tu-phone sync@lan-phone#9'
	),
	planted(
		'sync 12',
		"device's clock",
		/sync 12: order .* is of/,
		'sync@lan-phone#7 sync@lan-phone#8 clock@lan-phone order@lan-phone'
	),
	planted(
		'sync 12',
		"device's clock",
		/a step of order .* goes back/,
		'sync@lan-phone#7 sync@lan-phone#8 clock@lan-phone order@lan-phone sync@lan-phone#9 sync@lan-phone#7 clock@lan-phone advance@lan-phone'
	),
	planted(
		'sync 13',
		'same epoch',
		/was acknowledged and is lost/,
		`sync@tu-phone#7 sync@tu-phone#8 backup@tu-phone type@tu-phone#2 type@tu-phone sync@tu-phone#9
			sync@tu-phone#15 restore@tu-phone`
	),
	planted(
		'sync 14',
		'same term',
		/sync 14: .* asked although another leads/,
		'sync@lan-phone#7 secondTab@lan-phone'
	),
	planted(
		'sync 15',
		'thawed rows',
		/was applied and is shown as refused/,
		`secondTab@tu-tablet#2081909033 sync@tu-tablet#2432956 sync@tu-tablet#560688427 type@tu-tablet#2121378949 kill@tu-tablet#739786204 offer@tu-tablet#673465652
			type@tu-tablet#1210617620 restock@tu-tablet#1278973381 sessionEnds@tu-tablet#1173492404 sync@tu-tablet#1506138707 sync@tu-tablet#1471659583
			shareDevice@tu-tablet#1048202829 restock@tu-tablet#1644118007 sync@tu-tablet#466942892 sync@tu-phone#1859009262
			bring@tu-phone#696290562`
	),
	planted(
		'sync 15',
		'lost files',
		/order.place .* is nowhere/,
		'sync@lan-phone#7 sync@lan-phone#8 order@lan-phone sync@lan-tablet#7 bring@lan-tablet'
	),
	planted(
		'sync 15',
		'lost files',
		/sync 4: .* is lost/,
		'sync@tu-phone#7 sync@tu-phone#8 type@tu-phone sync@tu-tablet#7 bring@tu-tablet'
	),
	planted(
		'TG-15.1',
		'lasting offers',
		/TG-15.1: offer .* stands of goods that are withdrawn/,
		'sync@tu-phone#7 sync@tu-phone#8 offer@tu-phone sync@tu-phone#9 sync@tu-phone#7 withdraw@tu-phone'
	),
	planted(
		'TG-6.6',
		'publish forgotten',
		/the buyer of .* is told of \[\] where/,
		'sync@tu-phone#7 sync@tu-phone#8 offer@tu-phone'
	),
	planted(
		'TG-6.6',
		'lasting offers',
		/TG-6.6: offer .* stands for a need that is closed/,
		'sync@tu-phone#7 sync@tu-phone#8 offer@tu-phone sync@tu-phone#9 sync@lan-phone#7 sync@lan-phone#8 closeNeed@lan-phone'
	),
	planted(
		'TG-6.6',
		'own offers',
		/TG-6.6: offer .* is made to its own seller/,
		'sync@tu-phone#7 sync@tu-phone#8 offer@tu-phone'
	),
	planted(
		'TG-9.2',
		'lasting needs',
		/TG-9.2: need .* of a locked person is approved/,
		'sync@lan-phone#7 lockAccount@lan-phone'
	)
];
