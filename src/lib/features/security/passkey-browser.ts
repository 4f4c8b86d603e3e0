import { no, ok, type No, type Result } from '$lib/domain/kernel/refusal.ts';

async function send(method: 'POST' | 'PUT', address: string, body: unknown): Promise<unknown> {
	const answer = await fetch(address, {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	return answer.json();
}

const isNo = (answer: unknown): answer is No =>
	typeof answer === 'object' &&
	answer !== null &&
	'ok' in answer &&
	answer.ok === false &&
	'refusal' in answer;
const isYes = (answer: unknown): boolean =>
	typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
/** What the server said; JSON has no `undefined`, so a bare yes gets its value here. */
const resultOf = (answer: unknown): Result<void> => {
	if (isYes(answer)) return ok(undefined);
	return isNo(answer) ? answer : no('passkey_refused');
};

export const passkeysWork = (): boolean => 'PublicKeyCredential' in window;

/** The device's own question was closed, or it has this passkey already. */
const stopped = (error: unknown): Result<void> => {
	if (error instanceof TypeError) throw error;
	return no('passkey_refused');
};

/** Makes a passkey on this device and gives it to the server. Throws `TypeError` without a network. */
export async function makePasskey(name: string): Promise<Result<void>> {
	const { startRegistration } = await import('@simplewebauthn/browser');
	const asked = await fetch('/api/session/passkeys', { method: 'POST' });
	const question = await asked.json();
	if (!question.ok) return resultOf(question);
	return startRegistration({ optionsJSON: question.value }).then(
		async (answer) => resultOf(await send('PUT', '/api/session/passkeys', { answer, name })),
		stopped
	);
}

/** Proves with a passkey of this device that the person is still there. */
export async function proveByPasskey(): Promise<Result<void>> {
	const { startAuthentication } = await import('@simplewebauthn/browser');
	const asked = await fetch('/api/session/passkey', { method: 'POST' });
	return startAuthentication({ optionsJSON: await asked.json() }).then(
		async (answer) => resultOf(await send('POST', '/api/session/proof', { answer })),
		stopped
	);
}

/** Proves it with the password, or a code of the app. */
export const proveByText = async (typed: string): Promise<Result<void>> =>
	resultOf(await send('POST', '/api/session/proof', { typed }));
