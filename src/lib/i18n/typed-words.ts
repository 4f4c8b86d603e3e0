const machineWords = /^(?:[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27})$/;

/** The words a person wrote into a command, to read and copy: ids and hashes are nobody's words. */
export function whatWasTyped(input: unknown): string[] {
	if (typeof input === 'string') return input === '' || machineWords.test(input) ? [] : [input];
	if (Array.isArray(input)) return input.flatMap(whatWasTyped);
	if (typeof input === 'object' && input !== null) return Object.values(input).flatMap(whatWasTyped);
	return [];
}
