import type { Place } from './place.ts';
import { describeStep, type Step } from './plan.ts';
import type { Sabotage } from './sabotage.ts';
import { Story, type Ending } from './story.ts';

let told = 0;

/** Tells one story. RxDB remembers names, so each has its own. */
export function tell(
	place: Place,
	steps: readonly Step[],
	sabotage: Sabotage | null = null
): Promise<Ending> {
	told += 1;
	return Story.tell(steps, { place, id: `f${told}`, sabotage });
}

/** Leaves out what the failure does not need, as long as time allows: halves of it first, single steps in the end. */
export async function shrink(
	place: Place,
	steps: readonly Step[],
	until: number,
	sabotage: Sabotage | null = null
): Promise<readonly Step[]> {
	let kept = [...steps];
	for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
		for (let at = 0; at < kept.length && performance.now() < until;) {
			const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
			if ((await tell(place, fewer, sabotage)).found.length > 0) kept = fewer;
			else at += size;
		}
	}
	return kept;
}

/** A failed story as a person reads it, with the line that pins it. */
export function report(name: string, steps: readonly Step[], ending: Ending): string {
	return [
		`${name} fails, ${steps.length} steps:`,
		...ending.trace.map((line) => `  ${line}`),
		...ending.found.map((line) => `  ✗ ${line}`),
		`  for tests/fuzz/pinned.json: ${JSON.stringify(steps.map(describeStep))}`
	].join('\n');
}
