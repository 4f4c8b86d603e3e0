import { expect, test } from 'vitest';
import { consentPurposes } from '$lib/domain/accounts/consents.ts';
import { consentTexts } from './consents.ts';

test('LAW-data-consent: every purpose has its words in force in both languages, and only the account itself is required', () => {
	const texts = consentTexts('2026-11-22');
	expect(texts.map(({ purpose }) => purpose)).toEqual([...consentPurposes]);
	expect(texts.filter(({ required }) => required).map(({ purpose }) => purpose)).toEqual(['service']);
	for (const { vi, en } of texts) expect(vi.text).not.toBe(en.text);
	expect(consentTexts('2023-04-30')).toEqual([]);
});
