import type {
	FoundTarget,
	MeasureDetail,
	MeasureListQuery,
	MeasurePreview,
	MeasureRow,
	TakeMeasure,
	TargetRef
} from '$lib/domain/enforcement/schema.ts';
import type { MeasureState } from '$lib/domain/enforcement/states.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';

export type MeasurePage = {
	readonly items: readonly MeasureRow[];
	readonly next: { readonly at: string; readonly id: string } | null;
};

/** What the screens of locks ask of the exchange; they reject when it cannot be reached. Nothing of it is done offline. */
export type EnforcementOnline = {
	find(text: string): Promise<readonly FoundTarget[]>;
	preview(target: TargetRef): Promise<Result<MeasurePreview>>;
	take(input: TakeMeasure): Promise<Result<{ id: string; code: string; state: MeasureState }>>;
	lift(measureId: string, reason: string): Promise<Result<void>>;
	list(query: MeasureListQuery): Promise<Result<MeasurePage>>;
	detail(id: string): Promise<Result<{ measure: MeasureDetail; record: readonly MeasureRow[] }>>;
	sendPicture(picture: Blob): Promise<Result<{ id: string }>>;
};

/** Where a picture of evidence is fetched. */
export const evidencePath = (id: string, kind: 'thumb' | 'detail'): string =>
	`/api/enforcement/evidence/${id}/${kind}`;
