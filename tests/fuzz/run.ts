import { randomUUID } from 'node:crypto';
import { plan, describeStep, type Step } from './plan.ts';
import type { Sabotage } from './sabotage.ts';
import { Story, type Ending } from './story.ts';

export const usualLength = 45;

export const tell = (steps: readonly Step[], sabotage: Sabotage | null = null): Promise<Ending> =>
	Story.tell(steps, { id: `f${randomUUID().slice(0, 8)}`, sabotage });

/** Leaves out what the failure does not need, as long as time allows. */
export async function shrink(steps: readonly Step[], until: number): Promise<readonly Step[]> {
	let kept = [...steps];
	for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2)) {
		for (let at = 0; at < kept.length && performance.now() < until;) {
			const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
			if ((await tell(fewer)).found.length > 0) kept = fewer;
			else at += size;
		}
	}
	return kept;
}

/** A failed story as a person reads it. */
export function report(seed: number, steps: readonly Step[], ending: Ending): string {
	return [
		`seed ${seed} fails, ${steps.length} steps:`,
		...ending.trace.map((line) => `  ${line}`),
		...ending.found.map((line) => `  ✗ ${line}`),
		`  pin: ${JSON.stringify(steps.map(describeStep))}`
	].join('\n');
}

export { plan };
