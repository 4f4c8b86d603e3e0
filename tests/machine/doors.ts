import { addressRights, procedureRights } from '../../src/lib/server/rights.ts';

/** Something that changes things when it is asked: where, how, and as which kinds of content a browser could send it. */
export type Door = {
	readonly name: string;
	readonly method: string;
	readonly path: string;
	readonly contentTypes: readonly string[];
};

/** A form, a beacon or a foreign page's plain fetch sends these without asking first. */
const simple = ['application/x-www-form-urlencoded', 'text/plain'] as const;

/** An address with something in every place of it that is nobody's. */
const filled = (route: string): string =>
	route
		.replaceAll(/\/\[\[[^\]]*\]\]/g, '')
		.replaceAll('[hash]', 'a'.repeat(64))
		.replaceAll('[kind]', 'thumb')
		.replaceAll(/\[[^\]]*\]/g, '00000000-0000-4000-8000-000000000000') || '/';

/**
 * Every address that is asked by an unsafe method, and every procedure. The table of rights names them all: a test holds it
 * against the files of the routes and the router.
 */
export function everyDoor(): Door[] {
	const doors: Door[] = [];
	for (const name of Object.keys(addressRights)) {
		const [kind = '', route = ''] = name.split(' ');
		if (kind === 'ACTION')
			doors.push({ name, method: 'POST', path: filled(route), contentTypes: [simple[0]] });
		if (['POST', 'PUT', 'PATCH', 'DELETE'].includes(kind))
			doors.push({
				name,
				method: kind,
				path: filled(route),
				contentTypes: ['application/json', 'application/offset+octet-stream', ...simple]
			});
	}
	for (const name of Object.keys(procedureRights))
		doors.push({
			name: `tRPC ${name}`,
			method: 'POST',
			path: `/api/trpc/${name}`,
			contentTypes: ['application/json', simple[1]]
		});
	return doors;
}

const otherSite = [/Yêu cầu đến từ một trang khác/, /Cross-site \w+ form submissions are forbidden/];

/** Knocks at a door as a page of `from` would; null = the browser said nothing of where it is. */
export async function knock(
	origin: string,
	door: Door,
	contentType: string,
	from: string | null
): Promise<{ status: number; otherSite: boolean; cookies: string[] }> {
	const answer = await fetch(origin + door.path, {
		method: door.method,
		redirect: 'manual',
		headers: {
			'content-type': contentType,
			'tus-resumable': '1.0.0',
			...(from !== null && { origin: from })
		},
		body: contentType === 'application/json' ? '{}' : ''
	});
	const said = await answer.text();
	return {
		status: answer.status,
		otherSite: otherSite.some((words) => words.test(said)),
		cookies: answer.headers.getSetCookie()
	};
}

/** Runs `work` over all, so many at a time. */
export async function inTurns<T>(
	all: readonly T[],
	work: (one: T) => Promise<void>,
	atOnce = 12
): Promise<void> {
	const left = [...all];
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
		})
	);
}
