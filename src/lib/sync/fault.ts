/**
 * Makes a fault of our own visible to the page's error reporting without stopping what can go on.
 * Node has no `reportError`; there it becomes a warning.
 */
export function tellFault(during: string, cause: unknown): void {
	const fault = new Error(during, { cause });
	if (typeof reportError === 'function') reportError(fault);
	else process.emitWarning(fault);
}
