// @ts-check
import path from 'node:path';
import { placeOf, whyForbidden } from './layers.js';

const root = path.resolve(import.meta.dirname, '../..');
const sqlWords = /^\s*(?:select|insert\s+into|update|delete\s+from|with|lock|notify|listen)\b/i;
/** Where SQL may stand besides `…queries.ts`: what runs the database, the feed, the log of deeds, jobs, the first day, the keys. */
const sqlHomes = /^src\/lib\/server\/(?:(?:db|sync|audit|jobs|boot)\/|accounts\/sealing\.ts$)/;

/** @param {string} file */
const relative = (file) => path.relative(root, file).split(path.sep).join('/');

/** A specifier as a path below the root, or `null` for packages. @param {string} file @param {string} specifier */
function resolve(file, specifier) {
	if (specifier === '$lib' || specifier.startsWith('$lib/')) return `src/lib${specifier.slice(4)}`;
	if (specifier.startsWith('.')) return relative(path.resolve(path.dirname(file), specifier));
	return null;
}

/** @type {import('eslint').Rule.RuleModule} */
const imports = {
	meta: { type: 'problem', schema: [], docs: { description: 'who may import whom' } },
	create(context) {
		const from = placeOf(relative(context.filename));
		/** @param {import('estree').Node} node @param {unknown} source @param {boolean} typeOnly */
		const check = (node, source, typeOnly) => {
			if (typeof source !== 'string') return;
			const message = messageFor(from, context.filename, source, typeOnly);
			if (message) context.report({ node, message });
		};
		return {
			ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
			ExportNamedDeclaration: (node) => node.source && check(node, node.source.value, isTypeOnly(node)),
			ExportAllDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
			ImportExpression: (node) => node.source.type === 'Literal' && check(node, node.source.value, false)
		};
	}
};

/** @param {import('estree').Node} node */
function isTypeOnly(node) {
	if ('importKind' in node && node.importKind === 'type') return true;
	if ('exportKind' in node && node.exportKind === 'type') return true;
	if (node.type !== 'ImportDeclaration' || node.specifiers.length === 0) return false;
	return node.specifiers.every((one) => 'importKind' in one && one.importKind === 'type');
}

/** @param {import('./layers.js').Place} from @param {string} file @param {string} source @param {boolean} typeOnly */
function messageFor(from, file, source, typeOnly) {
	const target = resolve(file, source);
	if (target !== null) return whyForbidden({ from, to: placeOf(target), typeOnly });
	const isTest = /\.test\.ts$/.test(from.file);
	if (from.layer === 'domain' && source !== 'zod' && !isTest)
		return `$lib/domain may use the schema library alone, not "${source}". Take what you need as a parameter.`;
	if (from.layer === 'server' && /^\$(?:app|env)\//.test(source))
		return `$lib/server also runs in scripts, where "${source}" does not exist. Configuration comes from $lib/server/config.ts.`;
	if (
		source.startsWith('lucia') &&
		from.file !== 'src/lib/server/accounts/sessions.ts' &&
		from.layer !== 'tools'
	)
		return 'Lucia stays behind $lib/server/accounts/sessions.ts, so that it can be replaced in one place.';
	return null;
}

/** @type {import('eslint').Rule.RuleModule} */
const sql = {
	meta: { type: 'problem', schema: [], docs: { description: 'SQL lives in queries' } },
	create(context) {
		const file = relative(context.filename);
		const allowed =
			!file.startsWith('src/') ||
			/queries\.ts$|\.test\.ts$|test-world\.ts$/.test(file) ||
			sqlHomes.test(file);
		if (allowed) return {};
		return {
			TaggedTemplateExpression(node) {
				if (!sqlWords.test(node.quasi.quasis[0]?.value.raw ?? '')) return;
				context.report({
					node,
					message: 'SQL lives in queries.ts. Move it there and give it a name: findX, listX, insertX.'
				});
			}
		};
	}
};

/** @type {import('eslint').Rule.RuleModule} */
const transactions = {
	meta: { type: 'problem', schema: [], docs: { description: 'how transactions are opened' } },
	create(context) {
		const file = relative(context.filename);
		if (file.startsWith('src/lib/server/db/') || !file.startsWith('src/') || file.endsWith('.test.ts'))
			return {};
		return {
			'CallExpression[callee.type="MemberExpression"][callee.property.name=/^(begin|reserve)$/]'(
				/** @type {import('estree').Node} */ node
			) {
				context.report({
					node,
					message:
						'Use transaction() of $lib/server/db/transaction.ts: a connection that dies inside begin() or reserve() ends the process.'
				});
			}
		};
	}
};

/** @type {import('eslint').Rule.RuleModule} */
const clock = {
	meta: { type: 'problem', schema: [], docs: { description: 'rules take the time as a parameter' } },
	create(context) {
		const file = relative(context.filename);
		if (!file.startsWith('src/lib/domain/') || file.endsWith('.test.ts')) return {};
		/** @param {import('estree').Node} node @param {string} what */
		const report = (node, what) =>
			context.report({ node, message: `A rule is pure: ${what} comes from the caller, as a parameter.` });
		return {
			'NewExpression[callee.name="Date"][arguments.length=0]': (/** @type {import('estree').Node} */ node) =>
				report(node, 'the time'),
			'MemberExpression[object.name="Date"][property.name="now"]': (
				/** @type {import('estree').Node} */ node
			) => report(node, 'the time'),
			'MemberExpression[object.name="Math"][property.name="random"]': (
				/** @type {import('estree').Node} */ node
			) => report(node, 'chance'),
			'MemberExpression[object.name="crypto"]': (/** @type {import('estree').Node} */ node) =>
				report(node, 'chance')
		};
	}
};

export default { rules: { imports, sql, transactions, clock } };
