import { describe, expect, test } from 'vitest';
import { AskedOnline } from './asked-online.svelte.ts';

const clock = () => Date.parse('2026-11-23T14:50:00.000Z');

describe('what only the server knows', () => {
	test('an answer is kept with its time', async () => {
		const asked = new AskedOnline(async () => 'năm hồ sơ', clock);
		expect(asked).toMatchObject({ state: 'idle', value: null, answeredAt: null });
		await asked.ask();
		expect(asked).toMatchObject({
			state: 'answered',
			value: 'năm hồ sơ',
			answeredAt: '2026-11-23T14:50:00.000Z'
		});
	});

	test('when the network goes, the last answer stays and nothing is thrown', async () => {
		let reachable = true;
		const asked = new AskedOnline(async () => {
			if (!reachable) throw new Error('no network');
			return 'năm hồ sơ';
		}, clock);
		await asked.ask();
		reachable = false;
		await asked.ask();
		expect(asked).toMatchObject({ state: 'failed', value: 'năm hồ sơ' });
	});

	test('a slow earlier answer never replaces a later one', async () => {
		const answers: ((value: string) => void)[] = [];
		const asked = new AskedOnline(() => new Promise<string>((resolve) => answers.push(resolve)), clock);
		const [first, second] = [asked.ask(), asked.ask()];
		answers[1]?.('mới');
		answers[0]?.('cũ');
		await Promise.all([first, second]);
		expect(asked.value).toBe('mới');
	});
});
