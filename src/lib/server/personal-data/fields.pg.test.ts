import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, type Exchange } from '../../../../tests/world/exchange.ts';
import { kindsOfData, personalFields } from '$lib/domain/personal-data/fields.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ members: [] });
});
afterAll(() => exchange.close());

const columns = () =>
	exchange.owner<{ name: string }[]>`
		select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`;
const nameOf = (field: (typeof personalFields)[number]) => `${field.table}.${field.column}`;

test('TG-16.2 LAW-data-consent every sealed column of the database says what it is kept for', async () => {
	const sealed = (await columns()).map(({ name }) => name).filter((name) => name.endsWith('_sealed'));
	const known = personalFields.filter((field) => field.sealed).map(nameOf);
	expect(known.sort()).toEqual(sealed.sort());
});

test('TG-16.2 what is told about is there', async () => {
	const there = new Set((await columns()).map(({ name }) => name));
	expect(personalFields.map(nameOf).filter((name) => !there.has(name))).toEqual([]);
	expect(new Set(personalFields.map(nameOf)).size).toBe(personalFields.length);
});

test('fields of one kind say one and the same thing', () => {
	for (const line of kindsOfData())
		for (const { kind, purpose, keeping, readers } of personalFields)
			if (kind === line.kind) expect({ kind, purpose, keeping, readers }).toEqual(line);
});
