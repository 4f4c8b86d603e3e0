import adapter from '@sveltejs/adapter-node';
import { withRememberedMatchers } from './scripts/remembered-matchers.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: withRememberedMatchers(adapter({ out: 'build', precompress: true })),
		paths: { relative: false },
		serviceWorker: { register: false },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'media-src': ['self', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../scripts/**/*.ts', '../tests/**/*.ts', '../bench/**/*.ts', '../*.ts'],
				exclude: [...(config.exclude ?? []), '../bench/node_modules/**']
			})
		}
	}
};
