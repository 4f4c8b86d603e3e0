import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { placeOf, whyForbidden } from './layers.js';

const forbidden = (from: string, to: string, typeOnly = false) =>
	whyForbidden({ from: placeOf(from), to: placeOf(to), typeOnly });

describe('who may import whom', () => {
	test.each([
		['src/lib/domain/listings/rules.ts', 'src/lib/server/db/pool.ts'],
		['src/lib/domain/listings/rules.ts', 'src/lib/domain/orders/rules.ts'],
		['src/lib/sync/protocol/wire.ts', 'src/lib/sync/store/store.ts'],
		['src/lib/sync/store/store.ts', 'src/lib/sync/outbox/queue.ts'],
		['src/lib/sync/outbox/queue.ts', 'src/lib/sync/engine/engine.ts'],
		['src/lib/sync/engine/engine.ts', 'src/lib/server/sync/router.ts'],
		['src/lib/features/buy/Order.svelte', 'src/lib/features/office/desk.svelte.ts'],
		['src/lib/features/buy/Order.svelte', 'src/lib/server/orders/service.ts'],
		['src/lib/ui/Button.svelte', 'src/lib/i18n/texts.ts'],
		['src/lib/ui/Button.svelte', 'src/lib/domain/kernel/text.ts'],
		['src/lib/server/orders/service.ts', 'src/lib/server/listings/queries.ts'],
		['src/lib/server/orders/router.ts', 'src/lib/server/listings/service.ts'],
		['src/lib/server/orders/queries.ts', 'src/lib/server/listings/service.ts'],
		['src/lib/server/orders/service.ts', 'src/lib/features/orders/texts.ts'],
		['src/routes/media/[id]/+server.ts', 'src/lib/server/files/queries.ts'],
		['src/routes/app/sell/+page.svelte', 'src/lib/server/runtime.ts'],
		['src/lib/ui/Button.svelte', 'src/routes/app/+page.svelte']
	])('%s may not import %s', (from, to) => {
		expect(forbidden(from, to)).toMatch(/\w{4,}.+[.:].+/);
	});

	test.each([
		['src/lib/domain/moderation/schema.ts', 'src/lib/domain/listings/schema.ts'],
		['src/lib/domain/orders/rules.ts', 'src/lib/domain/accounts/permissions.ts'],
		['src/lib/sync/engine/engine.ts', 'src/lib/sync/outbox/queue.ts'],
		['src/lib/features/buy/Order.svelte', 'src/lib/sync/app.svelte.ts'],
		['src/lib/server/orders/service.ts', 'src/lib/server/listings/service.ts'],
		['src/lib/server/orders/service.ts', 'src/lib/server/orders/queries.ts'],
		['src/routes/api/session/+server.ts', 'src/lib/server/accounts/service.ts'],
		['scripts/start.ts', 'src/lib/server/boot/http.ts']
	])('%s may import %s', (from, to) => {
		expect(forbidden(from, to)).toBeNull();
	});

	test('only the transport sees the server, and only a type', () => {
		const [from, to] = ['src/lib/sync/transport/client.ts', 'src/lib/server/trpc/router.ts'];
		expect(forbidden(from, to, true)).toBeNull();
		expect(forbidden(from, to, false)).toContain('import type');
	});
});

describe('the linter of this project', { timeout: 60_000 }, () => {
	const eslint = new ESLint();
	const complaints = async (file: string, text: string) => {
		const [result] = await eslint.lintText(text, { filePath: file });
		return (result?.messages ?? []).map((message) => `${message.ruleId}: ${message.message}`);
	};

	test('reports a forbidden import and says the way out', async () => {
		const found = await complaints(
			'src/lib/features/buy/probe.ts',
			"import { desk } from '$lib/features/office/desk.svelte.ts';\nexport const x = desk;\n"
		);
		expect(found).toEqual([expect.stringMatching(/^san\/imports: .*Compose both in the route/)]);
	});

	test('reports SQL outside queries, a hidden transaction, a clock in a rule, and any', async () => {
		const service = await complaints(
			'src/lib/server/orders/probe.ts',
			'export const bad = (sql: any) => sql.begin(() => sql`select 1`);\n'
		);
		expect(service.map((line) => line.split(':')[0]).sort()).toEqual([
			'@typescript-eslint/no-explicit-any',
			'san/sql',
			'san/transactions'
		]);
		const rule = await complaints('src/lib/domain/orders/probe.ts', 'export const now = () => Date.now();\n');
		expect(rule).toEqual([expect.stringContaining('san/clock')]);
	});

	test('finds nothing in a clean file', async () => {
		expect(await complaints('src/lib/domain/orders/probe.ts', 'export const one = 1;\n')).toEqual([]);
	});
});
