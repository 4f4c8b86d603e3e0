import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process by its number and the moment it began, since the system gives the numbers of the dead away again.
 * Where the moment is unknown (no /proc) the number alone has to do.
 */
export function processIdentity(pid: number): string | null {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null;
	}
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		if (afterName[0] === 'Z') return null;
		return `${pid} ${afterName[19]}`;
	} catch {
		return `${pid}`;
	}
}

export const ownIdentity = (): string => processIdentity(process.pid) ?? String(process.pid);

/** Whether the process that wrote this identity still runs. */
export function isAlive(identity: string): boolean {
	const pid = Number.parseInt(identity, 10);
	return Number.isInteger(pid) && pid > 0 && processIdentity(pid) === identity;
}

/** Claims a file for this process, or says who holds it. A dead holder's file is taken over. */
export function claim(file: string, note = ''): { held: true } | { held: false; by: string; note: string } {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	const own = `${file}.${process.pid}`;
	fs.writeFileSync(own, `${ownIdentity()}\n${note}`, { mode: 0o600 });
	try {
		for (;;) {
			try {
				// A link appears with its content complete, so nobody ever reads half a claim.
				fs.linkSync(own, file);
				return { held: true };
			} catch (error) {
				if (!isThere(error) && copied(own, file)) return { held: true };
				const holder = readClaim(file);
				if (holder && isAlive(holder.by)) return { held: false, ...holder };
				takeAside(file);
			}
		}
	} finally {
		fs.rmSync(own, { force: true });
	}
}

const isThere = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** On a disk without hard links, as backups may lie on. False when somebody has claimed it; throws what stands against it. */
function copied(own: string, file: string): boolean {
	try {
		fs.copyFileSync(own, file, fs.constants.COPYFILE_EXCL);
		return true;
	} catch (error) {
		if (isThere(error)) return false;
		throw error;
	}
}

/** Removes a dead claim without ever removing the fresh one of somebody who was faster. */
function takeAside(file: string): void {
	const aside = `${file}.${process.pid}.dead`;
	try {
		fs.renameSync(file, aside);
	} catch {
		return;
	}
	const moved = readClaim(aside);
	if (moved && isAlive(moved.by) && !fs.existsSync(file)) fs.linkSync(aside, file);
	fs.rmSync(aside, { force: true });
}

export function readClaim(file: string): { by: string; note: string } | null {
	try {
		const [by = '', ...note] = fs.readFileSync(file, 'utf8').split('\n');
		return { by, note: note.join('\n') };
	} catch {
		return null;
	}
}

/** Gives a claim back, if it is ours. */
export function unclaim(file: string): void {
	if (readClaim(file)?.by === ownIdentity()) fs.rmSync(file, { force: true });
}

/** Runs `fn` while no other process is inside the same lock. */
export async function withLock<T>(file: string, fn: () => Promise<T>): Promise<T> {
	for (let waited = 0; !claim(file).held; waited += 50) {
		if (waited > 120_000) throw new Error(`Chờ quá lâu: tiến trình ${readClaim(file)?.by} đang giữ ${file}`);
		await sleep(50);
	}
	try {
		return await fn();
	} finally {
		unclaim(file);
	}
}
