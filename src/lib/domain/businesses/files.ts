import { maxFilesAPaper, maxPapers, type BusinessContent, type BusinessPerson } from './schema.ts';

/** Every file of a registration, by its hash. */
export const filesOfBusiness = (
	content: BusinessContent,
	person: Pick<BusinessPerson, 'identityFiles'>
): string[] => [...new Set([...content.papers.flatMap((paper) => paper.files), ...person.identityFiles])];

/** As many as one can name: those of every paper and of the identity card. */
export const maxFilesOfBusiness = (maxPapers + 1) * maxFilesAPaper;
