import { expect, test } from 'vitest';
import { sendWords } from './send-words.ts';
import { texts } from './texts.ts';

const well = { online: true, needsSignIn: false, unsent: 0, refused: 0 };
const words = (status: Partial<typeof well>, answered = true) =>
	sendWords(texts.vi, { ...well, ...status }, answered);

test('sync 2: “send now” says that all is sent and fetched only when it is', () => {
	expect(words({})).toBe(texts.vi.sent);
	// A line that broke, or an exchange that asks to come again later, is no success.
	expect(words({}, false)).toBe(texts.vi.notFetched);
	expect(words({ online: false })).toBe(texts.vi.notSentOffline);
	expect(words({ needsSignIn: true }, false)).toBe(texts.vi.notSentSignIn);
	expect(words({ unsent: 2 })).toBe(texts.vi.notSent(2));
	expect(words({ refused: 1 })).toBe(texts.vi.sentRefused(1));
	expect(words({ refused: 1 }, false)).toBe(texts.vi.notFetched);
});
