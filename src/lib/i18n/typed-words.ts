const machineWords = /^(?:[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27})$/;

/** The words a person wrote into a command, to read and copy: ids and hashes are nobody's words, nor is the topic of a proposal. */
export function whatWasTyped(input: unknown): string[] {
	if (typeof input === 'string') return input === '' || machineWords.test(input) ? [] : [input];
	if (Array.isArray(input)) return input.flatMap(whatWasTyped);
	if (typeof input === 'object' && input !== null)
		return Object.entries(input).flatMap(([field, value]) => (field === 'topic' ? [] : whatWasTyped(value)));
	return [];
}

/** What the person called the thing a command is about, when the command says so: a listing's title. */
export function titleTyped(input: unknown): string {
	const own = (of: unknown, key: string): unknown =>
		typeof of === 'object' && of !== null ? Object.getOwnPropertyDescriptor(of, key)?.value : undefined;
	const title = own(own(input, 'content') ?? own(input, 'fields'), 'title');
	return typeof title === 'string' ? title : '';
}
