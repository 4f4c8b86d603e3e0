import { expect, test } from 'vitest';
import { defineTexts } from './texts.ts';

const texts = defineTexts({
	vi: { title: 'Tin của tôi', photos: (n: number) => `${n} ảnh`, state: { sent: 'đã gửi' } },
	en: { title: 'My listings', photos: (n) => `${n} photos`, state: { sent: 'sent' } }
});

test('both languages answer to the same keys', () => {
	expect([texts.vi.title, texts.en.title]).toEqual(['Tin của tôi', 'My listings']);
	expect([texts.vi.photos(2), texts.en.photos(2)]).toEqual(['2 ảnh', '2 photos']);
	expect([texts.vi.state.sent, texts.en.state.sent]).toEqual(['đã gửi', 'sent']);
});

test('the compiler refuses an English side that is not complete or takes other parameters', () => {
	// @ts-expect-error a key is missing
	defineTexts({ vi: { a: 'a', b: 'b' }, en: { a: 'a' } });
	// @ts-expect-error a key too many
	defineTexts({ vi: { a: 'a' }, en: { a: 'a', b: 'b' } });
	// @ts-expect-error another parameter
	defineTexts({ vi: { a: (n: number) => `${n}` }, en: { a: (s: string) => s } });
	expect(texts.en.title).toBe('My listings');
});
