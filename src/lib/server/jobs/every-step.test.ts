import { expect, test } from 'vitest';
import { everyStep } from './every-step.ts';

test('steps run in their order and are counted by name', async () => {
	expect(await everyStep({ cases: async () => 3, inputs: async () => 0 })).toEqual({ cases: 3, inputs: 0 });
});

test('LAW-data-subject a step that fails keeps nobody’s data longer: the others run, then it is told', async () => {
	const ran: string[] = [];
	const step = (name: string) => async () => ran.push(name);
	const failed = everyStep({
		cases: async () => {
			throw new Error('a case that does not fit');
		},
		inputs: step('inputs'),
		uploads: step('uploads')
	});
	await expect(failed).rejects.toThrow('the step cases failed');
	expect(ran).toEqual(['inputs', 'uploads']);
});
