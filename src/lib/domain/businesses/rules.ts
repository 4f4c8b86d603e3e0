import { inForce } from '../kernel/effective.ts';
import type { RulePack } from '../agencies/schema.ts';
import { checkId, type IdKind } from '../ids/check.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import { holds, requiredPapers } from './papers.ts';
import type { BusinessContent, BusinessPerson } from './schema.ts';
import type { BusinessKind } from './states.ts';

/** The number each kind of business is known by. */
export const numberOf: Readonly<Record<BusinessKind, IdKind>> = {
	household: 'household',
	cooperative: 'enterprise',
	enterprise: 'enterprise',
	individual: 'personal'
};

type Rules = Pick<RulePack, 'businesses' | 'sectors'>;

/**
 * TG-12: what is still missing or wrong in a registration, by its field; refusal codes of fields are said in the form. The
 * same rule runs on the device before sending and on the server at the receipt.
 */
export function checkRegistration(
	content: BusinessContent,
	person: BusinessPerson,
	pack: Rules,
	day: string
): Result<{ readonly identityNumber: string }> {
	const fields: Record<string, string> = {};
	const number = checkId(numberOf[content.kind], person.identityNumber);
	if (!number.ok) fields['person.identityNumber'] = number.reason;
	if (person.representative.trim().length < 2) fields['person.representative'] = 'required';
	if (content.name.trim().length < 2) fields.name = 'required';
	if (content.phone.trim().length < 8) fields.phone = 'required';
	const known = pack.sectors.filter((sector) => inForce(sector, day)).map((sector) => sector.id);
	if (content.sectors.length === 0) fields.sectors = 'required';
	else if (!content.sectors.every((id) => known.includes(id))) fields.sectors = 'unknown_sector';
	if (content.places.length === 0 || content.places.some((place) => place.wardCode === ''))
		fields.places = 'required';
	const required = requiredPapers(pack, content.kind, content.sectors, day);
	for (const type of required)
		if (!content.papers.some((paper) => paper.type === type)) fields[`papers.${type}`] = 'paper_missing';
	content.papers.forEach((paper, at) => {
		const rule = pack.businesses.papers.find((one) => one.id === paper.type);
		if (!rule) fields[`papers.${at}`] = 'invalid_input';
		else if (paper.files.length === 0) fields[`papers.${paper.type}`] = 'paper_missing';
		else if (rule.expires && paper.expiresOn === null) fields[`papers.${paper.type}`] = 'expiry_missing';
		else if (!holds(paper, day)) fields[`papers.${paper.type}`] = 'paper_expired';
	});
	if (Object.keys(fields).length > 0 || !number.ok) return no('invalid_input', { clause: 'TG-7.1a', fields });
	return ok({ identityNumber: number.value.normal });
}

/** The text whose hash is kept with the acceptance (LAW-tmdt-agreement). */
export const agreementText = ({ version, title, paragraphs }: RulePack['businesses']['agreement']): string =>
	[version, title, ...paragraphs].join('\n');

/** TG-19.4, LAW-tmdt-identity: what an officer has to have compared before a confirmation on `day`. */
export const requiredChecks = (pack: Pick<RulePack, 'businesses'>, day: string): string[] =>
	pack.businesses.checkList.filter((line) => line.required && inForce(line, day)).map((line) => line.id);

/** What a department judges, in one order: a database gives the fields back in another. */
const judged = [
	'kind',
	'name',
	'growingArea',
	'growingAreaCode',
	'places',
	'wardCode',
	'place',
	'papers',
	'type',
	'number',
	'issuedBy',
	'issuedOn',
	'expiresOn',
	'scope',
	'files',
	'sectors'
];

/** Whether a department that confirmed `before` has to look again at `now`: at all but the words for the shop window. */
export function needsNewLook(
	before: BusinessContent,
	now: BusinessContent,
	sectors: readonly string[]
): boolean {
	const said = (content: BusinessContent) =>
		JSON.stringify({ ...content, sectors: sectors.filter((id) => content.sectors.includes(id)) }, judged);
	return said(before) !== said(now);
}
