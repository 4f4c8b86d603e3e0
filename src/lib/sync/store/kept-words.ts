/**
 * What somebody is typing into a form and has not sent: it outlives the tab and the program, and goes with its person when
 * they sign out. A store that is full or shut costs this comfort only: the text is still in the form.
 */
const prefixOf = (userId: string): string => `san-tinh-typed:${userId}:`;

export function keptWords(userId: string, form: string): unknown {
	try {
		return JSON.parse(localStorage.getItem(prefixOf(userId) + form) ?? 'null');
	} catch {
		return null;
	}
}

/** Everything this person is typing into such forms, a form each. */
export function allKeptWords(userId: string): ReadonlyMap<string, unknown> {
	const prefix = prefixOf(userId);
	try {
		const forms = Object.keys(localStorage).flatMap((key) =>
			key.startsWith(prefix) ? [key.slice(prefix.length)] : []
		);
		return new Map(forms.sort().map((form) => [form, keptWords(userId, form)]));
	} catch {
		return new Map();
	}
}

/** Null takes it away. */
export function keepWords(userId: string, form: string, value: unknown): void {
	try {
		if (value === null) localStorage.removeItem(prefixOf(userId) + form);
		else localStorage.setItem(prefixOf(userId) + form, JSON.stringify(value));
	} catch {
		return;
	}
}

export function forgetWords(userId: string): void {
	try {
		for (const key of Object.keys(localStorage))
			if (key.startsWith(prefixOf(userId))) localStorage.removeItem(key);
	} catch {
		return;
	}
}
