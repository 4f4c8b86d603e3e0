// @ts-check
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import boundaries from './scripts/lint/boundaries.js';

export default defineConfig(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'.data/',
			'node_modules/',
			'static/',
			'test-results/',
			'playwright-report/',
			'coverage/',
			'src/lib/server/seed/pictures/'
		]
	},
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } }
	},
	{
		plugins: { san: boundaries },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'san/imports': 'error',
			'san/sql': 'error',
			'san/transactions': 'error',
			'san/clock': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/ban-ts-comment': 'error',
			'no-console': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-var': 'error',
			'prefer-const': 'error',
			'no-restricted-syntax': [
				'error',
				{
					selector: 'TSAsExpression > TSAsExpression',
					message: 'Two casts in a row silence the compiler. Check the value (zod, a type guard) instead.'
				},
				{
					selector: 'TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
					message: 'A cast to unknown hides what is known. Declare the variable as unknown.'
				}
			],
			// Svelte's compiler sees these better than the linter does.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{
		files: ['**/*.svelte'],
		rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' }
	},
	{
		// The terminal is how these speak to people.
		files: ['scripts/**', 'bench/**', '*.config.{js,ts}'],
		rules: { 'no-console': 'off' }
	}
);
