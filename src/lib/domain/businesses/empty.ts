import type { BusinessContent, BusinessPerson } from './schema.ts';

/** A registration nobody has written a word of yet. */
export const emptyBusiness: BusinessContent = {
	kind: 'household',
	name: '',
	intro: '',
	phone: '',
	sectors: [],
	growingArea: '',
	growingAreaCode: '',
	places: [{ wardCode: '', place: '' }],
	papers: []
};
export const emptyPerson: BusinessPerson = { identityNumber: '', representative: '', identityFiles: [] };
