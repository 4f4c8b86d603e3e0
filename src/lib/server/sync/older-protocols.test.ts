import fs from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { caseKinds } from '$lib/domain/moderation/states.ts';
import { notificationKinds } from '$lib/domain/notifications/schema.ts';
import type { CollectionName } from '$lib/sync/protocol/collections.ts';
import { oldestServedProtocol, protocolVersion } from '$lib/sync/protocol/version.ts';
import { forProtocol } from './older-protocols.ts';

const laterKind = 'of-a-later-version';
const sentTo = (protocol: number, collection: CollectionName, doc: unknown): unknown =>
	forProtocol(protocol, collection, [{ audience: 'public', id: 'one', version: 1, doc }])[0]?.doc;
const kindsSentTo = (protocol: number, collection: CollectionName, kinds: readonly string[]) =>
	kinds.filter((kind) => sentTo(protocol, collection, { kind }) !== null);
const deadlinesSentTo = (protocol: number, kinds: readonly string[]): unknown =>
	sentTo(protocol, 'reference', {
		id: 'pack',
		pack: { name: 'Tỉnh', deadlines: kinds.map((kind) => ({ kind })) }
	});

const kindsOf = z.looseObject({ properties: z.looseObject({ kind: z.looseObject({}) }) });
/** What a version called by name, as its recorded shapes say. */
const recorded = z.object({
	documents: z.looseObject({
		cases: z.object({
			agency: z.object({ oneOf: z.array(kindsOf) }).or(kindsOf.transform((one) => ({ oneOf: [one] })))
		}),
		notifications: z.object({ user: kindsOf })
	})
});
const named = ({ properties: { kind } }: z.output<typeof kindsOf>): string[] =>
	z
		.object({ enum: z.array(z.string()) })
		.or(z.object({ const: z.string() }).transform((one) => ({ enum: [one.const] })))
		.parse(kind).enum;

const older = Array.from(
	{ length: protocolVersion - oldestServedProtocol },
	(_, at) => oldestServedProtocol + at
);

test.each(older)('sync 16: version %i hears of the kinds it has words for, and of no other', (version) => {
	const file = fs.readFileSync(new URL(`./data/served-v${version}.json`, import.meta.url), 'utf8');
	const { cases, notifications } = recorded.parse(JSON.parse(file)).documents;
	const knownCases = cases.agency.oneOf.flatMap(named);
	const knownNotices = named(notifications.user);
	const everyCase = [...new Set([...caseKinds, ...knownCases]), laterKind];
	const everyNotice = [...new Set([...notificationKinds, ...knownNotices]), laterKind];
	expect(kindsSentTo(version, 'cases', everyCase).sort()).toEqual(knownCases.sort());
	expect(kindsSentTo(version, 'notifications', everyNotice).sort()).toEqual(knownNotices.sort());
	expect(deadlinesSentTo(version, ['listing', laterKind])).toEqual({
		id: 'pack',
		pack: { name: 'Tỉnh', deadlines: [{ kind: 'listing' }] }
	});
	const proposals = version >= 5 ? ['proposal'] : [];
	expect(kindsSentTo(version, 'mine', ['proposal', laterKind])).toEqual(proposals);
	expect(sentTo(version, 'mine', { state: 'draft' })).toEqual({ state: 'draft' });
	expect(sentTo(version, 'orders', { kind: laterKind })).toEqual({ kind: laterKind });
	expect(sentTo(version, 'cases', null)).toBeNull();
});

test('sync 16: a device of this version gets everything as it is', () => {
	expect(kindsSentTo(protocolVersion, 'cases', [laterKind])).toEqual([laterKind]);
	expect(kindsSentTo(protocolVersion, 'mine', [laterKind])).toEqual([laterKind]);
	expect(kindsSentTo(protocolVersion, 'notifications', [laterKind])).toEqual([laterKind]);
});
