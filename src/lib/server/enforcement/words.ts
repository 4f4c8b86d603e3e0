import { writtenDay } from '$lib/domain/calendar/instant.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { sealersFor, unseal } from '$lib/server/accounts/sealing.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { notify } from '$lib/server/notifications/service.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import type { MeasureRecord } from './queries.ts';

const subjectOf = (measure: MeasureRecord): string => `measure:${measure.id}`;

/** A person's own name stays out of notices: those hold names of goods and codes. */
const shownName = (measure: MeasureRecord, name: string): string =>
	measure.targetKind === 'account' ? '' : name;

const common = (measure: MeasureRecord, name: string) => ({
	code: measure.code,
	step: measure.step,
	target: measure.targetKind,
	name: shownName(measure, name)
});

/** Whose key is destroyed is nobody any more: there is no letter to seal, and no box that anybody opens. */
const isErased = async (ctx: WriteContext, { accountId }: MeasureRecord): Promise<boolean> =>
	!(await sealersFor(ctx.tx, [accountId])).has(accountId);

/** TG-9.2: the person is written to at the same time, in the transaction of the measure. */
export async function tellTaken(
	ctx: WriteContext,
	measure: MeasureRecord,
	{ name, reason }: { name: string; reason: string }
): Promise<void> {
	if (await isErased(ctx, measure)) return;
	const agency = (await currentPack(ctx.tx)).agencies.find(({ id }) => id === measure.agencyId);
	const cause = {
		...common(measure, name),
		ground: measure.ground.words.vi,
		law: measure.ground.law,
		reason,
		agency: agency?.name ?? '',
		contact: agency ? `${agency.phone}, ${agency.email}` : ''
	};
	const to = { accountId: measure.accountId };
	if (measure.state === 'noticed')
		await queueMessage(ctx, {
			to,
			template: 'measure_noticed',
			params: { ...cause, at: writtenDay(vietnamDay(measure.effectAt)) },
			subject: subjectOf(measure)
		});
	else
		await queueMessage(ctx, {
			to,
			template: 'measure_taken',
			params: {
				...cause,
				until: measure.until === null ? '' : writtenDay(addDays(vietnamDay(measure.until), -1))
			},
			subject: subjectOf(measure)
		});
	await notify(
		ctx,
		measure.accountId,
		measure.state === 'noticed' ? 'measure_noticed' : 'measure_taken',
		measure.id,
		{
			code: measure.code,
			title: shownName(measure, name)
		}
	);
}

/** The person hears when a measure or a notice is over. */
export async function tellEnded(ctx: WriteContext, measure: MeasureRecord, reason: string): Promise<void> {
	if (await isErased(ctx, measure)) return;
	const name = await nameOf(ctx, measure);
	await queueMessage(ctx, {
		to: { accountId: measure.accountId },
		template: 'measure_ended',
		params: { ...common(measure, name), reason },
		subject: subjectOf(measure)
	});
	await notify(ctx, measure.accountId, 'measure_ended', measure.id, {
		code: measure.code,
		title: shownName(measure, name)
	});
}

/** TG-9.3a: the request was answered with what is still missing. */
export async function tellRefused(ctx: WriteContext, measure: MeasureRecord, reason: string): Promise<void> {
	if (await isErased(ctx, measure)) return;
	const name = await nameOf(ctx, measure);
	await queueMessage(ctx, {
		to: { accountId: measure.accountId },
		template: 'remedy_refused',
		params: { ...common(measure, name), reason },
		subject: subjectOf(measure)
	});
	await notify(ctx, measure.accountId, 'remedy_refused', measure.id, {
		code: measure.code,
		title: shownName(measure, name)
	});
}

async function nameOf(ctx: WriteContext, measure: MeasureRecord): Promise<string> {
	const [name] = await unseal(ctx.tx, [measure.targetNameSealed]);
	return name ?? '';
}
