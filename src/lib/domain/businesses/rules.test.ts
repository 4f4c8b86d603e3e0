import { expect, test } from 'vitest';
import { noBusinessRules } from '../agencies/schema.ts';
import { requiredPapers } from './papers.ts';
import { agreementText, needsNewLook, requiredChecks } from './rules.ts';
import type { BusinessContent, Paper } from './schema.ts';

const always = { clause: 'TG-7.1a', effectiveFrom: '2023-05-01', effectiveTo: null };
const paperRule = (id: string, requiredSectors: string[]) => ({
	id,
	name: id,
	requiredKinds: ['household' as const],
	requiredSectors,
	expires: true,
	...always
});
const pack = {
	businesses: {
		...noBusinessRules,
		papers: [paperRule('dang-ky', []), paperRule('attp', ['banh-keo'])],
		checkList: [
			{ id: 'so', text: '', required: true, ...always },
			{ id: 'dinh-danh', text: '', required: true, ...always, effectiveFrom: '2027-01-01' }
		]
	}
};
const paper = (type: string, expiresOn: string | null): Paper => ({
	type,
	number: '',
	issuedBy: '',
	issuedOn: null,
	expiresOn,
	scope: '',
	files: []
});
const content: BusinessContent = {
	kind: 'household',
	name: 'Mứt nhà Lan',
	intro: '',
	phone: '0900000003',
	sectors: ['nong-san', 'banh-keo'],
	growingArea: '',
	growingAreaCode: '',
	places: [{ wardCode: '28249', place: '' }],
	papers: [paper('dang-ky', null)]
};

test('TG-7.1a which papers are needed depends on the kind, the sectors and the day', () => {
	expect(requiredPapers(pack, 'household', ['nong-san'], '2026-11-22')).toEqual(['dang-ky']);
	expect(requiredPapers(pack, 'household', ['banh-keo'], '2026-11-22')).toEqual(['dang-ky', 'attp']);
	expect(requiredPapers(pack, 'individual', ['banh-keo'], '2026-11-22')).toEqual([]);
	expect(requiredPapers(pack, 'household', ['banh-keo'], '2023-04-30')).toEqual([]);
});

test('LAW-tmdt-identity the identity check becomes a duty on its day', () => {
	expect(requiredChecks(pack, '2026-12-31')).toEqual(['so']);
	expect(requiredChecks(pack, '2027-01-01')).toEqual(['so', 'dinh-danh']);
});

test('TG-7.2b a department looks again at what it judged, not at the words for the shop window', () => {
	expect(needsNewLook(content, { ...content, intro: 'Mới', phone: '0911' }, ['nong-san'])).toBe(false);
	expect(needsNewLook(content, { ...content, sectors: ['nong-san'] }, ['nong-san'])).toBe(false);
	expect(needsNewLook(content, { ...content, papers: [paper('dang-ky', '2030-01-01')] }, ['nong-san'])).toBe(
		true
	);
	// A database gives the fields back in another order.
	const { kind, name, ...rest } = content;
	expect(needsNewLook(content, { ...rest, name, kind }, ['nong-san'])).toBe(false);
});

test('LAW-tmdt-agreement the text that is hashed names its version and every paragraph', () => {
	expect(agreementText({ version: '1', title: 'T', paragraphs: ['a', 'b'] })).toBe('1\nT\na\nb');
});
