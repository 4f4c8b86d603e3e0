import { expect, test } from 'vitest';
import { describeError } from './log.ts';

test('an error of the database is logged without the row it repeats', () => {
	const error = Object.assign(new Error('duplicate key value violates unique constraint'), {
		code: '23505',
		detail: 'Key (phone)=(0901234567) already exists.',
		parameters: ['0901234567'],
		query: 'insert …'
	});
	const written = JSON.stringify(describeError(new Error('could not save', { cause: error })));
	expect(written).toContain('23505');
	expect(written).not.toContain('0901234567');
});

test('what is thrown without being an error does not reach the log', () => {
	expect(describeError('0901234567')).toEqual({ message: 'string' });
});
