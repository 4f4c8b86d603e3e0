/*
 * How RxDB reads and writes a field by its path, in the place of a parser that knows brackets and escapes
 * (`scripts/lighter-device.ts`): the store has names and dots, and writes fields of the document itself.
 */

/** What stands at a path such as `properties.audience`; undefined where something on the way is missing. */
export function getProperty(object: unknown, path: string): unknown {
	let at = object;
	for (const name of path.split('.')) {
		if (typeof at !== 'object' || at === null) return undefined;
		at = Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined;
	}
	return at;
}

/** Sets a field of the document itself; a path into it throws. */
export function setProperty<T extends object>(object: T, name: string, value: unknown): T {
	if (name.includes('.')) throw new Error(`the store does not write into ${name}`);
	return Object.assign(object, { [name]: value });
}
