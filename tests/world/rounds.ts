/**
 * How often a drill is repeated: a few times in `npm test`, as often as the goal says with `npm run drills`, or as often
 * as `npm run drills -- --rounds N` asks.
 */
export function rounds(few: number, all: number): number {
	const asked = Number(process.env.SAN_DRILL_ROUNDS);
	if (asked > 0) return Math.min(asked, all);
	return process.env.SAN_DRILLS === 'full' ? all : few;
}

/** Figures are told, never asserted: times belong to the machine. */
export const tell = (line: string): void => void process.stdout.write(`  ${line}\n`);
