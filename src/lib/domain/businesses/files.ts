import type { BusinessContent, BusinessPerson } from './schema.ts';

/** Every file of a registration, by its hash. */
export const filesOfBusiness = (
	content: BusinessContent,
	person: Pick<BusinessPerson, 'identityFiles'>
): string[] => [...new Set([...content.papers.flatMap((paper) => paper.files), ...person.identityFiles])];
