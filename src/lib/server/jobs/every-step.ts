/**
 * Runs steps that have nothing to do with each other, in their order. One that fails holds back no other; the first
 * failure is thrown when all were tried. Returns what each of them counted.
 */
export async function everyStep(
	steps: Readonly<Record<string, () => Promise<number>>>
): Promise<Record<string, number>> {
	const counted: Record<string, number> = {};
	const failures: Error[] = [];
	for (const [name, step] of Object.entries(steps)) {
		try {
			counted[name] = await step();
		} catch (error) {
			failures.push(new Error(`the step ${name} failed`, { cause: error }));
		}
	}
	const [first] = failures;
	if (first) throw first;
	return counted;
}
