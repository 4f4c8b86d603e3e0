import { expect, test } from 'vitest';
import { afterSignIn, inOtherLanguage, languageOf, paths, safeNext } from './paths.ts';

test('a public page has one address for each language', () => {
	expect([paths.home(), paths.home('en')]).toEqual(['/', '/en']);
	expect(paths.listing('a1', 'en')).toBe('/en/listings/a1');
	for (const path of ['/', '/catalogue', '/listings/a1', '/energy']) {
		expect(languageOf(path)).toBe('vi');
		expect(languageOf(inOtherLanguage(path))).toBe('en');
		expect(inOtherLanguage(inOtherLanguage(path))).toBe(path);
	}
});

test('empty filters and page one leave no trace in the address', () => {
	expect(paths.catalogue('vi', { q: '', page: 1 })).toBe('/catalogue');
	expect(paths.catalogue('vi', { q: 'sầu riêng', category: 'trai-cay', page: 2 })).toBe(
		'/catalogue?q=s%E1%BA%A7u+ri%C3%AAng&category=trai-cay&page=2'
	);
	expect(paths.signIn('vi', '/app/sell')).toBe('/sign-in?next=%2Fapp%2Fsell');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:x', '', '/a\nb', null])(
	'after signing in nobody is sent to %j',
	(next) => expect(safeNext(next)).toBe('/app')
);

test('after signing in a person comes back to the page asked for', () => {
	expect(safeNext('/app/orders/1?x=y')).toBe('/app/orders/1?x=y');
});

test('the app is told that somebody signed in, a public page is not', () => {
	expect(afterSignIn('/app/orders')).toBe('/app/orders#signed-in');
	expect(afterSignIn('/listings/x')).toBe('/listings/x');
});
