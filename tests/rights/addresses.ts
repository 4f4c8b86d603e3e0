import { z } from 'zod';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Every file of a route that runs on the server, by its path; loaded when it is asked. */
const files = import.meta.glob<Record<string, unknown>>([
	'/src/routes/**/+server.ts',
	'/src/routes/**/+page.server.ts',
	'/src/routes/**/+layout.server.ts'
]);

/** What answers at an address: a method of an endpoint, the data of a page or layout, an action of a form. */
export type Address = { readonly name: string; readonly run: (event: object) => unknown };

/** `/src/routes/(public)/sign-in/+page.server.ts` → `/sign-in`, as people see it. */
const routeOf = (file: string): string =>
	file
		.replace(/^\/src\/routes/, '')
		.replace(/\/[^/]+$/, '')
		.replace(/\/\([^)]+\)/g, '') || '/';

const runnable = z.custom<(event: object) => unknown>((value) => typeof value === 'function');
const actions = z.record(z.string(), runnable);

/** Everything the routes answer, found by walking their files: nothing is there that is not here. */
export async function everyAddress(): Promise<Address[]> {
	const found: Address[] = [];
	for (const [file, load] of Object.entries(files)) {
		const route = routeOf(file);
		const module = await load();
		if (file.endsWith('+server.ts'))
			for (const method of methods)
				if (module[method] !== undefined)
					found.push({ name: `${method} ${route}`, run: runnable.parse(module[method]) });
		const kind = file.endsWith('+layout.server.ts') ? 'LAYOUT' : 'PAGE';
		if (module.load !== undefined) found.push({ name: `${kind} ${route}`, run: runnable.parse(module.load) });
		if (module.actions !== undefined)
			for (const [name, run] of Object.entries(actions.parse(module.actions)))
				found.push({ name: `ACTION ${route}${name === 'default' ? '' : `?/${name}`}`, run });
	}
	return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
