import { caseSubjectRev } from '$lib/domain/moderation/schema.ts';
import { readCases } from '$lib/sync/reads.ts';
import { people } from '../../world/exchange.ts';
import { nothing, say, short, type Doing } from './doing.ts';

export const decide: Doing = async (story, on, random) => {
	const open = (await readCases(on.store)).filter((view) => view.case.state === 'open' && !view.decision);
	const view = random.pick(open.sort((a, b) => (a.case.code < b.case.code ? -1 : 1)));
	if (!view) return nothing;
	const common = { caseId: view.case.id, listingRev: caseSubjectRev(view.case), note: '' };
	return say(on, {
		name: 'case.decide',
		input: random.chance(0.7)
			? { ...common, decision: 'approve' }
			: { ...common, decision: 'return', reasonCodes: [story.exchange.world.pack.returnReasons[0]?.id ?? ''] }
	});
};

export const postChanges: Doing = async (story) => {
	await story.exchange.changePost(people.anhminh);
	return story.exchange.officers.has(people.anhminh.id) ? 'anh Minh has his post' : 'anh Minh lost his post';
};

export const otherOfficer: Doing = async (story, _, random) => {
	const { world } = story.exchange;
	const [row] = await world.db<{ subjectId: string }[]>`
		select subject_id as "subjectId" from cases where state = 'open' order by code limit 1`;
	if (!row) return nothing;
	const done = await world.decides(people.chihanh, row.subjectId, random.chance(0.5) ? 'approve' : 'return', {
		now: story.exchange.now()
	});
	return `chị Hạnh decides ${short(row.subjectId)}: ${done.ok ? 'ok' : done.refusal.code}`;
};
