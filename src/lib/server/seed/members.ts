import { needsSecondFactor } from '$lib/domain/accounts/second-factor.ts';
import { demoTotpSecret } from '$lib/server/accounts/demo.ts';
import { registerMember } from '$lib/server/accounts/members.ts';
import { hashPassword } from '$lib/server/accounts/passwords.ts';
import { beginTotp, codeNow, confirmTotp } from '$lib/server/accounts/second-factor.ts';
import { givePost, openBusiness } from '$lib/server/accounts/service.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { recordPicture } from '$lib/server/files/service.ts';
import { write } from '$lib/server/sync/write.ts';
import { businesses, type Business } from './businesses.ts';
import { demoPassword, people, type Person } from './people.ts';
import type { Pictures } from './play.ts';

/** Registers everybody, gives posts and opens the businesses. One password hash serves all: it costs on purpose. */
export async function seedPeople(db: Sql, now: string): Promise<void> {
	const passwordHash = await hashPassword(demoPassword);
	for (const person of Object.values<Person>(people)) {
		await write(db, { actorId: 'system:seed', now }, async (ctx) => {
			const { id, name, userName, phone, email, roles, post } = person;
			const made = await registerMember(ctx, { id, name, userName, phone, email, roles, passwordHash });
			if (!made.ok) throw new Error(`${userName}: ${JSON.stringify(made.refusal)}`);
			if (post) await givePost(ctx, { accountId: id, ...post, publicName: name });
			const business = businesses.find((b) => b.owner.id === id);
			if (!business) return;
			const { kind, intro, wardCode, place } = business;
			await openBusiness(ctx, {
				id: business.id,
				accountId: id,
				name: business.name,
				kind,
				intro,
				wardCode,
				place,
				phone,
				confirmed: true
			});
		});
		if (needsSecondFactor(person.roles)) await enrolForDemo(db, person, now);
	}
}

/** The demo's staff have an authenticator whose secret everybody knows; the sign-in page shows its code. */
async function enrolForDemo(db: Sql, { id: accountId, name }: Person, now: string): Promise<void> {
	const before = new Date(Date.parse(now) - 3_600_000).toISOString();
	await beginTotp({ db }, { accountId, label: name, secret: demoTotpSecret, now: before });
	const code = codeNow(demoTotpSecret, before);
	const done = await confirmTotp({ db }, { accountId, code, now: before });
	if (!done.ok) throw new Error(`${name}: ${done.refusal.code}`);
}

/** Each seller's own uploads: attaching asks for the seller's copy, whoever else has the same picture (sync 5). */
export async function seedUploads(
	db: Sql,
	now: string,
	business: Business,
	names: ReadonlySet<string>,
	pictures: Pictures
): Promise<void> {
	await write(db, { actorId: business.owner.id, now }, async (ctx) => {
		for (const name of names) {
			const picture = pictures.get(name);
			if (!picture) throw new Error(`picture "${name}" was not stored`);
			await recordPicture(ctx, business.owner.id, picture);
		}
	});
}
