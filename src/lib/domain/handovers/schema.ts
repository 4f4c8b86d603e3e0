import { z } from 'zod';
import { id, instant, sha256 } from '../kernel/fields.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { HandoverState } from './states.ts';

export const maxCommands = 500;
export const maxHandoverPhotos = 400;
/** The owner has this long to answer; then the clerk brings the file again. */
export const answerWithinDays = 30;

/** A clerk hands in what stands in a file of unsent work; the photos were sent before, one by one. */
export const handIn = z.strictObject({
	fileId: id,
	ownerId: id,
	/** The device the work was made on. */
	deviceId: id,
	commands: z
		.array(
			z.strictObject({
				id,
				seq: z.int().min(1),
				name: z.string().max(60),
				input: z.unknown(),
				deviceTime: instant,
				after: z.array(id).max(20)
			})
		)
		.min(1)
		.max(maxCommands),
	photos: z.array(sha256).max(maxHandoverPhotos)
});
export type HandIn = z.output<typeof handIn>;

export const handoverAnswer = z.strictObject({ id, yes: z.boolean() });

/** What became of one command; `retry` = not yet, the owner may let it go on. */
export type HandoverOutcome = {
	readonly id: string;
	readonly name: string;
	readonly outcome: 'applied' | 'refused' | 'retry';
	readonly receipt: string | null;
	readonly refusal: Refusal | null;
};

/** A hand-over as its owner sees it. */
export type HandoverView = {
	readonly id: string;
	readonly state: HandoverState;
	readonly clerkName: string;
	readonly agencyId: string;
	readonly handedInAt: string;
	readonly expiresAt: string;
	readonly photos: number;
	/** What would be done, in the order it was made; empty once everything is. */
	readonly commands: readonly {
		readonly id: string;
		readonly name: string;
		/** As it was frozen; what travels may leave it out. */
		readonly input?: unknown;
		readonly deviceTime: string;
	}[];
	readonly outcomes: readonly HandoverOutcome[];
};
