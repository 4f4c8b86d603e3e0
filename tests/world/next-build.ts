import { createHash } from 'node:crypto';
import type http from 'node:http';

/**
 * The same program as another build would serve it: every file has another address, the worker and the shell name the
 * new ones, and what only the build before had is gone.
 */
export type NextBuild = {
	/** Where the program has what is asked for, or null: no file of this build. */
	addressOf(url: string): string | null;
	/** Whether an answer speaks of the build or its files, and must be written anew. */
	speaksOfFiles(url: string, headers: http.IncomingHttpHeaders): boolean;
	/** An answer's headers, where its text is written anew. */
	headers(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders;
	text(text: string): string;
};

const files = '/_app/immutable/';
const nameFile = '/_app/version.json';
const texts = /^text\/(?:html|css|javascript)\b/;

/** `built` is what the program calls its own build, `nth` which one after it this is. */
export function nextBuild(built: string, nth: number): NextBuild {
	const moved = `/_app/build-${nth}/immutable/`;
	// Also without the stroke before it, as the worker's list has it.
	const rename = (text: string) => text.replaceAll(files.slice(1), moved.slice(1));
	return {
		addressOf(url) {
			if (url.startsWith(moved)) return files + url.slice(moved.length);
			return /^\/_app\/(?:immutable|build-\d+)\//.test(url) ? null : url;
		},
		speaksOfFiles: (url, headers) => url === nameFile || texts.test(headers['content-type'] ?? ''),
		headers: ({ 'content-length': _, etag: _kept, link, ...others }) => ({
			...others,
			...(link && { link: [link].flat().map(rename) })
		}),
		text: (text) =>
			allowInline(rename(text).replaceAll(built, `${built}${nth}`)).replaceAll(
				/("revision":"[0-9a-f]+)"/g,
				`$1-${nth}"`
			)
	};
}

/** A page that allows its own script by its hash allows the rewritten one. */
function allowInline(html: string): string {
	const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1];
	if (script === undefined) return html;
	const hash = createHash('sha256').update(script).digest('base64');
	return html.replace(/'sha256-[^']+'/, `'sha256-${hash}'`);
}

/** What the program calls its build: an open page asks for it when a file is not there. */
export async function builtName(port: number): Promise<string> {
	const answer: unknown = await (await fetch(`http://127.0.0.1:${port}${nameFile}`)).json();
	const name: unknown = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'version');
	if (typeof name !== 'string' || name === '') throw new Error('the program does not say which build it is');
	return name;
}
