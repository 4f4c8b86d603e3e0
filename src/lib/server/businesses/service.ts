import { createHash } from 'node:crypto';
import { actingAgency, inForce } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { agreementText, checkRegistration, needsNewLook } from '$lib/domain/businesses/rules.ts';
import { filesOfBusiness } from '$lib/domain/businesses/files.ts';
import type { BusinessContent } from '$lib/domain/businesses/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { maskedId } from '$lib/domain/ids/check.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { seal } from '$lib/server/accounts/sealing.ts';
import { currentPack, holdSector, wardOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { storedEvidence } from '$lib/server/files/service.ts';
import { cancelCases, openCase } from '$lib/server/moderation/cases.ts';
import { notify } from '$lib/server/notifications/service.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { mayBeginSelling, stateNumber } from './identity/service.ts';
import { openPerson } from './person.ts';
import {
	findBusiness,
	findBusinessOf,
	findBusinessVersion,
	insertBusinessVersion,
	insertPending,
	listAnswers,
	lockBusinessById,
	updateRev,
	updateShown,
	type BusinessRow
} from './queries.ts';

/**
 * TG-12 "Lưu thông tin": freezes what a business says of itself and asks every department whose sector it wants to sell
 * in, each with a term of its own (TG-7.2b). What a department confirmed stays confirmed while it looks again.
 */
export async function submitBusiness(
	ctx: CommandContext,
	input: CommandInput<'business.submit'>
): Promise<Result<void>> {
	const { content, person, agreement } = input;
	const known = await findBusiness(ctx.tx, input.businessId);
	const owned = await findBusinessOf(ctx.tx, ctx.actor.id);
	if (known && known.accountId !== ctx.actor.id) return no('not_found');
	if (owned && owned.id !== input.businessId) return no('stale_version', { facts: { rev: owned.rev } });
	const pack = await currentPack(ctx.tx);
	const checked = checkRegistration(content, person, pack, vietnamDay(ctx.now));
	if (!checked.ok) return checked;
	const text = agreementText(pack.businesses.agreement);
	if (
		agreement.version !== pack.businesses.agreement.version ||
		agreement.hash !== createHash('sha256').update(text).digest('hex')
	)
		return no('agreement_changed', { clause: 'LAW-tmdt-agreement' });
	for (const { wardCode } of content.places)
		if (!(await wardOf(ctx.tx, wardCode))) return no('unknown_ward', { fields: { places: 'unknown_ward' } });
	const departments = await departmentsOf(ctx.tx, content.sectors, pack, vietnamDay(ctx.now));

	const own = await lockOwn(ctx, input.businessId, input.base, content);
	if (!own.ok) return own;
	const business = own.value;
	const hashes = filesOfBusiness(content, person);
	const stored = await storedEvidence(ctx.tx, ctx.actor.id, hashes);
	const missing = hashes.filter((hash) => !stored.has(hash));
	if (missing.length > 0)
		return no('photo_missing', {
			fields: Object.fromEntries(missing.map((hash) => [hash, 'photo_missing']))
		});

	const rev = business.rev + 1;
	const { identityNumber } = checked.value;
	const before = await findBusinessVersion(ctx.tx, business.id, business.rev);
	const named = before && (await openPerson(ctx.tx, before))?.representative;
	await updateRev(ctx.tx, business.id, rev);
	if (business.state === 'pending') await updateShown(ctx.tx, business.id, content);
	await insertBusinessVersion(ctx.tx, {
		businessId: business.id,
		rev,
		content,
		personSealed: await seal(ctx.tx, ctx.actor.id, JSON.stringify({ ...person, identityNumber })),
		identityMask: maskedId(identityNumber),
		identityFiles: person.identityFiles,
		agreement: { ...agreement, acceptedAt: ctx.now },
		submittedAt: ctx.now,
		deviceTime: ctx.deviceTime
	});
	await stateNumber(ctx, business.id, {
		number: identityNumber,
		renamed: named !== person.representative
	});
	await audit(ctx, {
		action: 'business.submitted',
		subject: `business:${business.id}`,
		clause: 'TG-12',
		data: { rev, agreement: agreement.version, sectors: content.sectors }
	});
	await askDepartments(ctx, business, { rev, content, departments, pack });
	return ok(undefined);
}

type Departments = ReadonlyMap<string, readonly string[]>;

/** Which department answers for which of the sectors; each sector is held against being moved meanwhile. */
async function departmentsOf(
	tx: Tx,
	sectors: readonly string[],
	pack: RulePack,
	day: string
): Promise<Departments> {
	const found = new Map<string, string[]>();
	for (const id of [...sectors].sort()) {
		const sector = pack.sectors.find((one) => one.id === id && inForce(one, day));
		const agency = sector && actingAgency(pack, sector.agencyId, day);
		if (!agency || !(await holdSector(tx, id))) continue;
		found.set(agency.id, [...(found.get(agency.id) ?? []), id]);
	}
	return found;
}

/** A department is asked unless all that was confirmed of its sectors is still what is said; what is open is asked anew. */
async function askDepartments(
	ctx: CommandContext,
	business: BusinessRow,
	sent: { rev: number; content: BusinessContent; departments: Departments; pack: RulePack }
): Promise<void> {
	const settled = await settledSectors(ctx.tx, business.id, sent.content);
	// Whoever has to show an identity and has not is looked at again, whatever else is as it was.
	const identity = await mayBeginSelling(ctx, business.id, sent.pack, false);
	await cancelCases(ctx, [business.id], { id: ctx.actor.id, name: ctx.actor.name });
	for (const [agencyId, sectors] of sent.departments) {
		if (identity.ok && sectors.every((id) => settled.has(id))) continue;
		const { code, lastDay } = await openCase(ctx, {
			kind: 'business',
			subject: {
				id: business.id,
				rev: sent.rev,
				title: sent.content.name,
				applicantId: ctx.actor.id,
				businessId: business.id
			},
			agencyId,
			sectors,
			pack: sent.pack
		});
		const agency = sent.pack.agencies.find((one) => one.id === agencyId)?.name ?? agencyId;
		await notify(
			ctx,
			ctx.actor.id,
			'business_received',
			business.id,
			{ code, title: agency, lastDay },
			agencyId
		);
	}
}

/** Of which sectors the last answer was yes, by whichever department, to what is said now too. */
async function settledSectors(tx: Tx, businessId: string, now: BusinessContent): Promise<Set<string>> {
	const settled = new Set<string>();
	for (const answer of await listAnswers(tx, businessId)) {
		if (answer.state !== 'approved') continue;
		const confirmed = await findBusinessVersion(tx, businessId, answer.rev);
		for (const id of confirmed ? answer.sectors : [])
			if (confirmed && !needsNewLook(confirmed.content, now, [id])) settled.add(id);
	}
	return settled;
}

/** Locks the actor's own business at the version the device saw; with `base` 0 it is made when there is none. */
async function lockOwn(
	ctx: CommandContext,
	id: string,
	base: number,
	content: BusinessContent
): Promise<Result<BusinessRow>> {
	if (base === 0) await insertPending(ctx.tx, { id, accountId: ctx.actor.id, content, now: ctx.now });
	const business = await lockBusinessById(ctx.tx, id);
	if (!business || business.accountId !== ctx.actor.id) return no('not_found');
	if (business.state === 'locked') return no('seller_locked', { clause: 'TG-9.1' });
	if (business.rev !== base) return no('stale_version', { facts: { rev: business.rev } });
	return ok(business);
}
