import fs from 'node:fs';
import path from 'node:path';

const matchers = /matchers: (async \(\) => \{.*?\n\t\t\}),/s;

/**
 * Kit imports the matchers of addresses anew with every request, and under the loader that reads TypeScript each import is
 * a question to another thread: 0.8 ms of processor before a request is looked at. They never change, so they are
 * kept, as Kit itself keeps pages and endpoints.
 *
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @returns {import('@sveltejs/kit').Adapter}
 */
export const withRememberedMatchers = (adapter) => ({
	...adapter,
	adapt(builder) {
		const file = path.join(builder.getServerDirectory(), 'manifest.js');
		const manifest = fs.readFileSync(file, 'utf8');
		if (!matchers.test(manifest) || !manifest.includes('function __memo('))
			throw new Error('Kit writes its matchers in another way: scripts/remembered-matchers.js');
		fs.writeFileSync(file, manifest.replace(matchers, 'matchers: __memo($1),'));
		return adapter.adapt(builder);
	}
});
