import {
	businessContentSchema,
	businessPersonSchema,
	type BusinessContent,
	type BusinessPerson,
	type Paper
} from '$lib/domain/businesses/schema.ts';

/** What a registration says; `person` null = what was sealed is not to be had. */
export type Said = { readonly content: BusinessContent; readonly person: BusinessPerson | null };
export type Own = { readonly content: BusinessContent; readonly person: BusinessPerson };

type ContentField = Exclude<keyof BusinessContent, 'papers'>;

/** One thing that two versions of a registration say differently; a paper is one thing. */
export type Difference =
	| { readonly id: string; readonly of: 'content'; readonly field: ContentField }
	| { readonly id: string; readonly of: 'person'; readonly field: keyof BusinessPerson }
	| { readonly id: string; readonly of: 'paper'; readonly type: string };

const before: readonly ContentField[] = ['kind', 'name'];
const personFields: readonly (keyof BusinessPerson)[] = ['identityNumber', 'representative'];
const after: readonly ContentField[] = [
	'phone',
	'intro',
	'sectors',
	'growingArea',
	'growingAreaCode',
	'places'
];

/** As the exchange keeps it; what is not valid yet stays as it was typed. */
const cleaned = ({ content, person }: Said): Said => ({
	content: businessContentSchema.safeParse(content).data ?? content,
	person: businessPersonSchema.nullable().safeParse(person).data ?? person
});
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The paper of a kind, if the registration has one. */
export const paperOf = ({ content }: Said, type: string): Paper | undefined =>
	content.papers.find((paper) => paper.type === type);

/** What two versions say differently, in the order of the form. */
export function differences(own: Said, other: Said): Difference[] {
	const [mine, theirs] = [cleaned(own), cleaned(other)];
	const ofContent = (fields: readonly ContentField[]): Difference[] =>
		fields
			.filter((field) => !same(mine.content[field], theirs.content[field]))
			.map((field) => ({ id: field, of: 'content', field }));
	const ofPerson = (fields: readonly (keyof BusinessPerson)[]): Difference[] =>
		fields
			.filter((field) => mine.person && theirs.person && !same(mine.person[field], theirs.person[field]))
			.map((field) => ({ id: field, of: 'person', field }));
	const types = new Set([...mine.content.papers, ...theirs.content.papers].map(({ type }) => type));
	const ofPapers = [...types]
		.filter((type) => !same(paperOf(mine, type), paperOf(theirs, type)))
		.map((type): Difference => ({ id: `paper:${type}`, of: 'paper', type }));
	return [
		...ofContent(before),
		...ofPerson(personFields),
		...ofContent(after),
		...ofPapers,
		...ofPerson(['identityFiles'])
	];
}

/** The own version with one thing as the other one says it. */
export function taken({ content, person }: Own, other: Said, difference: Difference): Own {
	switch (difference.of) {
		case 'content':
			return { content: { ...content, [difference.field]: other.content[difference.field] }, person };
		case 'person':
			return {
				content,
				person: { ...person, [difference.field]: (other.person ?? person)[difference.field] }
			};
		case 'paper': {
			const theirs = paperOf(other, difference.type);
			const others = content.papers.filter(({ type }) => type !== difference.type);
			return { content: { ...content, papers: theirs ? [...others, theirs] : others }, person };
		}
	}
}
