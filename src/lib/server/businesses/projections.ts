import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { filesOfBusiness } from '$lib/domain/businesses/files.ts';
import { paperStandings } from '$lib/domain/businesses/papers.ts';
import {
	type BusinessContent,
	type BusinessPerson,
	type MyBusiness,
	type PrivateFile
} from '$lib/domain/businesses/schema.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { storedEvidence } from '$lib/server/files/service.ts';
import type { SubjectDoc } from '$lib/server/moderation/subjects.ts';
import { identityOf } from './identity/service.ts';
import { findWaiting, listConfirmed } from './paper-queries.ts';
import { openPerson } from './person.ts';
import {
	countSameNumber,
	findBusinessOf,
	findBusinessVersion,
	findConfirmedRev,
	listAnswers,
	listSectors,
	type BusinessRow,
	type VersionRow
} from './queries.ts';

/** What a business says that was opened before there were registrations. */
const withoutRegistration = (row: BusinessRow): BusinessContent => ({
	kind: row.kind,
	name: row.name,
	intro: row.intro,
	phone: row.phone,
	sectors: [],
	growingArea: '',
	growingAreaCode: '',
	places: [{ wardCode: row.wardCode, place: row.place }],
	papers: []
});

/** TG-7.2b: the owner's own view, with each department's answer; null while there is no business. As the owner. */
export async function viewOfOwner(tx: Tx, accountId: string, now: string): Promise<MyBusiness | null> {
	const row = await findBusinessOf(tx, accountId);
	if (!row) return null;
	const version = row.rev === 0 ? null : await findBusinessVersion(tx, row.id, row.rev);
	const content = version?.content ?? withoutRegistration(row);
	const pack = await currentPack(tx);
	const sectors = await listSectors(tx, row.id);
	const departments = (await listAnswers(tx, row.id)).map(({ caseId: _case, rev: _rev, ...answer }) => ({
		...answer,
		sectors: answer.sectors.filter((id) => content.sectors.includes(id))
	}));
	return {
		id: row.id,
		state: row.state,
		rev: row.rev,
		content,
		person: version && (await personNow(tx, row.accountId, version)),
		files: await privateFiles(tx, row.accountId, content, version),
		departments,
		openSectors: sectors.filter((one) => one.suspendedFor === null).map((one) => one.sectorId),
		closedSectors: sectors.flatMap(({ sectorId, suspendedFor }) =>
			suspendedFor === null ? [] : [{ sectorId, paper: suspendedFor }]
		),
		papers: paperStandings(
			pack,
			await listConfirmed(tx, [row.id]),
			await findWaiting(tx, row.id),
			vietnamDay(now)
		),
		identity: await identityOf(tx, row.id, pack),
		updatedAt: version?.submittedAt ?? row.createdAt
	};
}

/** Without the pictures of the card that were purged: a new version needs new ones. */
async function personNow(tx: Tx, ownerId: string, version: VersionRow): Promise<BusinessPerson | null> {
	const person = await openPerson(tx, version);
	if (!person) return null;
	const stored = await storedEvidence(tx, ownerId, person.identityFiles);
	return { ...person, identityFiles: person.identityFiles.filter((hash) => stored.has(hash)) };
}

async function privateFiles(
	tx: Tx,
	ownerId: string,
	content: BusinessContent,
	version: VersionRow | null
): Promise<PrivateFile[]> {
	const person = version && (await openPerson(tx, version));
	const hashes = filesOfBusiness(content, person ?? { identityFiles: [] });
	const stored = await storedEvidence(tx, ownerId, hashes);
	return hashes.flatMap((hash) => {
		const file = stored.get(hash);
		return file ? [{ hash, ...file }] : [];
	});
}

/** The registration as a department sees it: the number masked, its pictures private. */
export const businessCaseDoc: SubjectDoc = async (tx, view, common) => {
	const version = await findBusinessVersion(tx, view.subjectId, view.subjectRev);
	if (!version) throw new Error(`business ${view.subjectId} has no version ${view.subjectRev}`);
	const confirmed = await findConfirmedRev(tx, view.subjectId, view.sectors);
	const previous =
		confirmed === null || confirmed >= view.subjectRev
			? null
			: await findBusinessVersion(tx, view.subjectId, confirmed);
	return {
		...common,
		kind: 'business',
		businessId: view.subjectId,
		subjectRev: view.subjectRev,
		content: version.content,
		previous: previous?.content ?? null,
		sectors: view.sectors,
		identityMask: version.identityMask,
		sameNumber: await countSameNumber(tx, view.subjectId),
		files: await privateFiles(tx, view.sellerAccountId, version.content, version)
	};
};
