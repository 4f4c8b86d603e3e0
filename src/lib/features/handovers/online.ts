import type { HandIn, HandoverView } from '$lib/domain/handovers/schema.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';

/** What the screens of hand-overs ask of the exchange; they reject when it cannot be reached. */
export type HandoversOnline = {
	sendBlob(fileId: string, sha256: string, bytes: ArrayBuffer): Promise<Result<void>>;
	handIn(input: HandIn): Promise<Result<{ id: string }>>;
	mine(): Promise<readonly HandoverView[]>;
	answer(id: string, yes: boolean): Promise<Result<HandoverView>>;
};
