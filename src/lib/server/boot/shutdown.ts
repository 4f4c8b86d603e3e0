/**
 * What has to be closed before the process ends. Kept on the process itself: the start script and the built program
 * carry two copies of this module, and both must see one list.
 */
type Closer = { readonly name: string; readonly close: () => Promise<unknown> };
type Shared = { closers: Closer[] };

const key = Symbol.for('san-tinh.shutdown');
const isShared = (value: unknown): value is Shared =>
	typeof value === 'object' && value !== null && 'closers' in value;

function shared(): Shared {
	const known: unknown = Reflect.get(globalThis, key);
	if (isShared(known)) return known;
	const made: Shared = { closers: [] };
	Reflect.set(globalThis, key, made);
	return made;
}

/** Registers something to close when the program ends, after the last request was answered. */
export function onShutdown(name: string, close: () => Promise<unknown>): void {
	shared().closers.push({ name, close });
}

/** Closes everything, the newest first, and goes on when one fails. Returns what failed. */
export async function closeAll(): Promise<{ name: string; error: unknown }[]> {
	const failed: { name: string; error: unknown }[] = [];
	for (const { name, close } of shared().closers.splice(0).reverse()) {
		try {
			await close();
		} catch (error) {
			failed.push({ name, error });
		}
	}
	return failed;
}
