import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { MeasurePreview, MeasureSource, TakeMeasure } from '$lib/domain/enforcement/schema.ts';
import type { MeasureStep } from '$lib/domain/enforcement/states.ts';

/** What stands in the dialog while it is filled in; '' = nothing chosen yet. */
export type LockForm = {
	readonly agencyId: string;
	readonly step: MeasureStep | '';
	readonly groundId: string;
	readonly source: MeasureSource | '';
	readonly reason: string;
	readonly evidence: string;
	readonly pictures: readonly File[];
	readonly untilDay: string;
	readonly bodyId: string;
	readonly papers: string;
};

export type LockField = keyof LockForm;

/** What is still missing, so that nothing is sent in vain; the server decides again. */
export function missingFields(form: LockForm, preview: MeasurePreview, now: number): LockField[] {
	const ground = preview.grounds.find(({ id }) => id === form.groundId);
	const missing: LockField[] = [];
	if (form.agencyId === '') missing.push('agencyId');
	if (form.step === '') missing.push('step');
	if (!ground) missing.push('groundId');
	if (form.source === '' || (ground && !ground.sources.includes(form.source))) missing.push('source');
	if (form.reason.trim() === '') missing.push('reason');
	if (form.evidence.trim() === '') missing.push('evidence');
	if (ground && form.pictures.length < ground.evidenceFiles) missing.push('pictures');
	if (form.step === 'refer' && form.bodyId === '') missing.push('bodyId');
	if (form.step === 'refer' && form.papers.trim() === '') missing.push('papers');
	if (mayHaveTerm(form, preview) && form.untilDay !== '' && form.untilDay <= vietnamDay(now))
		missing.push('untilDay');
	return missing;
}

/** TG-9.3a: a term only for a suspension on a ground that does not demand a remedy. */
export const mayHaveTerm = (form: Pick<LockForm, 'step' | 'groundId'>, preview: MeasurePreview): boolean =>
	form.step === 'suspend' && preview.grounds.find(({ id }) => id === form.groundId)?.remedyRequired === false;

/** Null while something is missing. `files` are the pictures as the server took them. */
export function measureInput(
	form: LockForm,
	preview: MeasurePreview,
	more: { readonly measureId: string; readonly files: readonly string[] }
): TakeMeasure | null {
	if (form.step === '' || form.source === '') return null;
	return {
		measureId: more.measureId,
		agencyId: form.agencyId,
		target: preview.target,
		step: form.step,
		groundId: form.groundId,
		source: form.source,
		reason: form.reason,
		evidence: form.evidence,
		files: [...more.files],
		untilDay: mayHaveTerm(form, preview) && form.untilDay !== '' ? form.untilDay : null,
		bodyId: form.step === 'refer' ? form.bodyId : null,
		papers: form.step === 'refer' ? form.papers : ''
	};
}

/** When the chosen measure takes effect; null = at once. */
export function startsAt(form: Pick<LockForm, 'step' | 'groundId'>, preview: MeasurePreview): string | null {
	if (form.step !== 'suspend' && form.step !== 'end') return null;
	return preview.grounds.find(({ id }) => id === form.groundId)?.effectAt ?? null;
}
