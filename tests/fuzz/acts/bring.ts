import { databasesOf } from '$lib/sync/store/store.ts';
import { exportWork } from '$lib/sync/recovery/export-work.ts';
import { importWork } from '$lib/sync/recovery/import-work.ts';
import { readWorkFile, writeWorkFile, type WorkFile } from '$lib/sync/protocol/work-file.ts';
import { nothing, type Doing } from './doing.ts';

/**
 * The unsent work of another phone of this person comes as a file. Sometimes nothing of that phone's working copies could
 * be read any more; it lives on and sends its work too, or never starts again.
 */
export const bring: Doing = async (story, on, random) => {
	const { person } = on;
	const from = random.pick(story.othersOf(person, on));
	const unreadable = random.chance(0.3);
	const dead = random.chance(0.5);
	if (!from) return nothing;
	await on.settle();
	const { file } = await exportWork({
		owner: person,
		now: from.here.now(),
		newId: from.here.newId,
		prefix: from.prefix
	});
	const whole = await readWorkFile(file);
	if (!whole.ok) {
		story.ledger.broken.push(`sync 15: the file of ${from.name} is ${whole.refusal.code}`);
		return 'no file';
	}
	const { header } = whole.value;
	const drafts = unreadable ? [] : header.drafts;
	const unread = unreadable ? [databasesOf(person.id, from.prefix).drafts] : header.unread;
	const brought = await withHeader(whole.value, { ...header, drafts, saves: [], unread });
	story.ledger.carry(from.storeName(person), on.store.name);
	if (dead) {
		const said = [
			...drafts.map(({ content }) => content),
			...header.commands.flatMap(({ input }) => wordsIn(input))
		];
		story.ledger.handOn(from.storeName(person), on.store.name, { whole: !unreadable, said });
		await from.breakDown(person);
	}
	if (story.exchange.sabotage === 'lost files') return 'nothing of it is taken in';
	const took = await importWork(on.store, on.here, brought);
	if (!took.ok) story.ledger.broken.push(`sync 15: ${on.name} does not take the file of ${from.name}`);
	const what = `${header.commands.length} commands, ${drafts.length} drafts of ${from.name}`;
	return `${what}${unreadable ? ' (drafts unreadable)' : ''}, which ${dead ? 'is no more' : 'lives on'}`;
};

async function withHeader(file: WorkFile, header: WorkFile['header']): Promise<Blob> {
	const parts = await Promise.all(header.parts.map(({ sha256 }) => file.part(sha256)));
	return writeWorkFile(
		header,
		parts.flatMap((part) => part ?? [])
	);
}

/** What a command says of a listing, whatever its kind. */
function wordsIn(input: unknown): object[] {
	if (typeof input !== 'object' || input === null) return [];
	return [input, ...Object.values(input).filter((value) => typeof value === 'object' && value !== null)];
}
