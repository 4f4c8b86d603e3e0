import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { projections, sealedFields } from './collections.ts';
import { commandSchemas } from './commands.ts';
import { packHead, packManifest, packRow } from './packs.ts';
import { oldestServedProtocol, protocolVersion, releasedProtocol } from './version.ts';
import hashes from './wire-hashes.json' with { type: 'json' };
import { poke, pullAnswer, pullRequest, pushAnswer, pushRequest, sessionAnswer } from './wire.ts';

/** Everything that travels, as JSON Schema: what is asked as it is sent, what is answered as it is read. */
const wire = {
	sealedFields: z.literal(JSON.stringify(sealedFields)),
	pullRequest,
	pushRequest,
	commands: commandSchemas,
	pullAnswer,
	pushAnswer,
	sessionAnswer,
	poke,
	projections,
	packManifest,
	packHead,
	packRow
};

type Shapes = z.ZodType | { readonly [name: string]: Shapes };

/** Texts are cleaned as they are parsed; what travels is what goes in. */
const asJson = (shapes: Shapes): unknown =>
	shapes instanceof z.ZodType
		? z.toJSONSchema(shapes, { io: 'input', unrepresentable: 'any' })
		: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, asJson(shape)]));

const hash = createHash('sha256')
	.update(JSON.stringify(asJson(wire)))
	.digest('hex')
	.slice(0, 16);

const known = new Map(Object.entries(hashes));

test('sync 16: the wire does not change without a new version', () => {
	expect(
		hash,
		`The wire is not what version ${protocolVersion} was. ` +
			(protocolVersion <= releasedProtocol
				? `That version is on people's devices: raise protocolVersion in version.ts (oldestServedProtocol stays two ` +
					`behind), record what its build sends beside the others in src/lib/server/sync/data/, and add ` +
					`"${protocolVersion + 1}": "${hash}" to wire-hashes.json.`
				: `It is still being made: its line in wire-hashes.json becomes "${protocolVersion}": "${hash}".`)
	).toBe(known.get(String(protocolVersion)));
});

test('sync 16: this version and the two before it are served', () => {
	expect(oldestServedProtocol).toBe(Math.max(1, protocolVersion - 2));
	expect(protocolVersion - releasedProtocol).toBeGreaterThanOrEqual(0);
	expect(protocolVersion - releasedProtocol).toBeLessThanOrEqual(1);
	expect([...known.keys()]).toEqual(Array.from({ length: protocolVersion }, (_, at) => String(at + 1)));
});
