import type { AxeResults, Result } from 'axe-core';

/** One line a violation, with the elements it was found on: what a failing test should print. */
export const violationsOf = (results: Pick<AxeResults, 'violations'>): string[] =>
	results.violations.map(
		(violation: Result) =>
			`${violation.id} (${violation.help}): ${violation.nodes.map((node) => node.target.join(' ')).join(' | ')}`
	);
