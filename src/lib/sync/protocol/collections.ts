import { z } from 'zod';
import { rulePackSchema } from '$lib/domain/agencies/schema.ts';
import { ownNeedSchema, ownOfferSchema, publicNeedSchema } from '$lib/domain/needs/schema.ts';
import { myListingSchema, publicListingSchema } from '$lib/domain/listings/schema.ts';
import { caseDocSchema } from '$lib/domain/moderation/schema.ts';
import { notificationDocSchema } from '$lib/domain/notifications/schema.ts';
import { orderDocSchema } from '$lib/domain/orders/schema.ts';
import { proposalDocSchema } from '$lib/domain/proposals/schema.ts';

/** `reference`: doc ids `pack` (the rule pack) and `wards` (the province's wards). */
export const referenceDocSchema = z.discriminatedUnion('id', [
	z.strictObject({ id: z.literal('pack'), pack: rulePackSchema }),
	z.strictObject({
		id: z.literal('wards'),
		wards: z.array(z.strictObject({ code: z.string(), name: z.string(), formerly: z.array(z.string()) }))
	})
]);
export type ReferenceDoc = z.output<typeof referenceDocSchema>;

/**
 * What may be pulled, to which kind of audience, in which strict shape (sync 8). An unknown key or an
 * audience kind without a shape throws at publish.
 */
export const projections = {
	listings: { public: publicListingSchema },
	mine: { user: z.union([myListingSchema, proposalDocSchema]) },
	orders: { user: orderDocSchema },
	cases: { agency: caseDocSchema },
	needs: { public: publicNeedSchema, user: z.union([ownNeedSchema, ownOfferSchema]) },
	notifications: { user: notificationDocSchema },
	reference: { public: referenceDocSchema }
} as const;

export type CollectionName = keyof typeof projections;
export const collectionNames = [
	'reference',
	'notifications',
	'mine',
	'orders',
	'cases',
	'needs',
	'listings'
] as const satisfies readonly CollectionName[];

export type AudienceKind = 'public' | 'user' | 'agency' | 'role';
export type Audience = 'public' | `user:${string}` | `agency:${string}` | `role:${string}`;

export function audienceKind(audience: string): AudienceKind {
	if (audience === 'public') return 'public';
	if (audience.startsWith('user:')) return 'user';
	return audience.startsWith('agency:') ? 'agency' : 'role';
}

type Shapes = typeof projections;
/** The document type of a collection, whatever audience it came by. */
export type CollectionDoc<C extends CollectionName> =
	Shapes[C][keyof Shapes[C]] extends z.ZodType<infer D> ? D : never;

/** The schema of a projection, or undefined when the collection has none for this kind of audience. */
export function projectionFor(collection: CollectionName, audience: Audience): z.ZodType | undefined {
	const shapes: Partial<Record<AudienceKind, z.ZodType>> = projections[collection];
	return shapes[audienceKind(audience)];
}

/** Fields of a projection that are stored sealed and opened by the pull for those entitled; `json` is parsed then. */
export const sealedFields: Readonly<
	Record<CollectionName, Readonly<Partial<Record<string, 'json' | 'text'>>>>
> = {
	listings: {},
	mine: { text: 'text', answer: 'text', doneWords: 'text' },
	orders: { contact: 'json', note: 'text' },
	cases: { request: 'text' },
	needs: {},
	notifications: {},
	reference: {}
};
