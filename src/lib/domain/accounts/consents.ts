import { z } from 'zod';

/** LAW-data-consent: what a member may agree to, each by itself. `service` is what an account cannot be run without. */
export const consentPurposes = ['service', 'promotions', 'surveys'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

const words = z.strictObject({ title: z.string().min(1), text: z.string().min(1) });

/** The words of one purpose as they were from a day on. A new wording is a new version, never a changed one. */
export const consentText = z.strictObject({
	purpose: z.enum(consentPurposes),
	version: z.string().regex(/^[a-z]+-\d{4}-\d{2}$/),
	/** Nobody has an account without it; who takes it back closes the account. */
	required: z.boolean(),
	/** Where the duty stands. */
	source: z.string().min(1),
	effectiveFrom: z.iso.date(),
	effectiveTo: z.iso.date().nullable(),
	vi: words,
	en: words
});
export type ConsentText = z.output<typeof consentText>;

/** The wording of each purpose in force on a day (`YYYY-MM-DD`), in the order of the purposes. */
export const consentsOn = (texts: readonly ConsentText[], day: string): ConsentText[] =>
	consentPurposes.flatMap(
		(purpose) =>
			texts.find(
				(text) =>
					text.purpose === purpose &&
					text.effectiveFrom <= day &&
					(text.effectiveTo === null || day <= text.effectiveTo)
			) ?? []
	);

/** What a member said last about a purpose. */
export type ConsentState = {
	readonly purpose: ConsentPurpose;
	readonly given: boolean;
	readonly version: string;
	readonly at: string;
};
