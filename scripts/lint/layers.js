// @ts-check
/**
 * Who may import whom: the table of the design as functions. Plain JavaScript, because ESLint's own configuration
 * loads it.
 *
 * @typedef {{ layer: string, domain: string, file: string }} Place
 *   `layer` as below; `domain` = the folder inside it; `file` = the path below `src/` or the root.
 * @typedef {{ from: Place, to: Place, typeOnly: boolean }} Import
 */

const syncParts = ['protocol', 'store', 'outbox', 'blobs', 'fold', 'engine', 'transport'];

/**
 * Where a file stands; `path` is relative to the project and uses slashes.
 * @param {string} path
 * @returns {Place}
 */
export function placeOf(path) {
	if (!path.startsWith('src/')) return { layer: 'tools', domain: path.split('/')[0] ?? '', file: path };
	const [, top = '', second = '', third = '', fourth = ''] = path.split('/');
	if (top !== 'lib') return { layer: top === 'routes' ? 'routes' : 'program', domain: second, file: path };
	if (second === 'domain') return { layer: 'domain', domain: third, file: path };
	if (second === 'sync')
		return { layer: syncParts.includes(third) ? third : 'sync', domain: third, file: path };
	if (second === 'features') return { layer: 'features', domain: third, file: path };
	if (second === 'ui' || second === 'i18n') return { layer: second, domain: '', file: path };
	if (second === 'server') return { layer: 'server', domain: fourth === '' ? '' : third, file: path };
	return { layer: 'shared', domain: second, file: path };
}

/** @param {Place} place */
const name = (place) => place.file.split('/').at(-1) ?? '';
/** @param {Place} place */
const isQueries = (place) => /queries\.ts$/.test(name(place));
/** @param {Place} place */
const isRouter = (place) => name(place) === 'router.ts';

/** What a part of `sync` may use besides the domain, the protocol and itself. @type {Record<string, string[]>} */
const syncMayUse = {
	protocol: [],
	transport: [],
	store: [],
	fold: ['store'],
	blobs: ['store', 'transport'],
	outbox: ['store', 'blobs', 'fold'],
	engine: ['store', 'outbox', 'blobs', 'fold', 'transport']
};

/**
 * Why an import is not allowed, with the way out; `null` when it is.
 * @param {Import} what
 * @returns {string | null}
 */
export function whyForbidden({ from, to, typeOnly }) {
	if (from.layer === 'tools' || from.layer === 'program') return null;
	// Tests may use the test world, and look behind any scene.
	if (/\.test\.ts$|test-world\.ts$/.test(from.file)) return null;
	if (to.layer === 'tools') return `Nothing in src/ imports ${to.file}. Move what is shared into src/lib.`;
	if (to.layer === 'routes' && from.layer !== 'routes')
		return 'Nothing imports a route. Move the shared part into $lib and let the route import it too.';

	switch (from.layer) {
		case 'domain':
			return domainRule(from, to, typeOnly);
		case 'ui':
			if (to.layer === 'ui') return null;
			return '$lib/ui knows nothing of ours. Pass what it needs as a property or a snippet.';
		case 'i18n':
			if (['i18n', 'domain', 'shared'].includes(to.layer)) return null;
			return '$lib/i18n may import $lib/domain only. Pass the value in.';
		case 'features':
			return featureRule(from, to);
		case 'server':
			return serverRule(from, to, typeOnly);
		case 'routes':
			return routeRule(from, to);
		default:
			return from.layer in syncMayUse || from.layer === 'sync'
				? syncRule(from, to, typeOnly)
				: sharedRule(to);
	}
}

/** @param {Place} from @param {Place} to @param {boolean} typeOnly */
function domainRule(from, to, typeOnly) {
	if (to.layer !== 'domain')
		return `$lib/domain is pure: it may not import ${to.file}. Take the value as a parameter, or move the rule out of domain.`;
	if (
		typeOnly ||
		to.domain === from.domain ||
		to.domain === 'kernel' ||
		to.domain === 'calendar' ||
		to.domain === 'ids'
	)
		return null;
	if (to.file.endsWith('/accounts/permissions.ts') || /\/(schema|states)\.ts$/.test(to.file)) return null;
	return `domain/${from.domain} may use only types and schemas of domain/${to.domain}. Use \`import type\`, or take the answer as a parameter.`;
}

/** @param {Place} from @param {Place} to @param {boolean} typeOnly */
function syncRule(from, to, typeOnly) {
	if (to.layer === 'domain' || to.layer === from.layer || to.layer === 'shared') return null;
	if (to.layer === 'server') {
		if (from.layer === 'transport' && typeOnly && isRouter(to)) return null;
		return 'Only sync/transport sees the server, and only the type of its router (`import type`). Go through the transport.';
	}
	if (from.layer === 'protocol') return 'sync/protocol may import $lib/domain only: both sides share it.';
	if (to.layer === 'protocol') return null;
	if (from.layer === 'sync' && to.layer in syncMayUse) return null;
	if (syncMayUse[from.layer]?.includes(to.layer)) return null;
	if (typeOnly && to.layer === 'store') return null;
	return `sync/${from.layer} may not import ${to.file}. The order is store ← outbox ← engine; hand the function in from the one to the right.`;
}

/** @param {Place} from @param {Place} to */
function featureRule(from, to) {
	if (to.layer === 'server')
		return 'A feature runs on the device. Go through $lib/sync, or let the route load it and pass it as a property.';
	if (to.layer === 'features' && to.domain !== from.domain)
		return `features/${from.domain} may not import features/${to.domain}. Compose both in the route, or move the shared part to $lib/ui or $lib/domain.`;
	return null;
}

const serverCommon = ['db', 'audit', 'sync', 'metrics', 'boot', 'trpc', 'rulepacks', ''];

/** @param {Place} from @param {Place} to @param {boolean} typeOnly */
function serverRule(from, to, typeOnly) {
	if (to.layer === 'domain' || to.layer === 'protocol' || to.layer === 'shared') return null;
	if (to.layer !== 'server')
		return `The server may not import ${to.file}. Shared rules belong in $lib/domain.`;
	if (isQueries(to) && to.domain !== from.domain && !typeOnly)
		return `Only server/${to.domain} uses its queries. Call a function of server/${to.domain}/service.ts instead.`;
	if (typeOnly || from.domain === to.domain) return null;
	if (isQueries(from) && to.domain !== 'db' && to.domain !== 'accounts' && to.domain !== 'sync')
		return 'Queries know the database and types only. Move the decision into the service.';
	if (isRouter(from) && from.domain !== 'trpc' && !serverCommon.includes(to.domain))
		return `A router calls its own service. Move the use of ${to.file} into server/${from.domain}/service.ts.`;
	return null;
}

/** @param {Place} from @param {Place} to */
function routeRule(from, to) {
	if (to.layer !== 'server') return null;
	if (isQueries(to))
		return `A route calls services, never queries. Add a function to server/${to.domain}/service.ts.`;
	const onServer = /(\.server\.ts|\+server\.ts|public-data\.ts)$/.test(from.file);
	return onServer
		? null
		: 'This part of a route also runs on the device. Load it in +page.server.ts and pass it as data.';
}

/** @param {Place} to */
function sharedRule(to) {
	if (['shared', 'domain', 'i18n'].includes(to.layer)) return null;
	return `This file is shared by every layer and may import $lib/domain and $lib/i18n only, not ${to.file}.`;
}
