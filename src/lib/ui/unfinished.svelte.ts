/**
 * What a reload would take from the screen: dialogs that are open, work that is under way, and words typed where nothing
 * keeps them. A form that does keep them says so with `data-kept`; one that says nothing is waited for.
 */
const holds = new Set<symbol>();
const typedInto = new Set<HTMLInputElement | HTMLTextAreaElement>();
/** Forms that were sent and not written in since. */
const sent = new WeakSet<Node>();
/** What a form shows while its words are on their way, or would not go. */
const unsaved = '[aria-busy=true],[aria-invalid=true],[role=alert]';

const wordless = ['search', 'checkbox', 'radio', 'file', 'hidden', 'button', 'submit', 'range'];

/** For a component: while `is` says so, no reload comes by itself. */
export function holdPage(is: () => boolean): void {
	$effect(() => {
		if (!is()) return;
		const mark = Symbol('hold');
		holds.add(mark);
		return () => void holds.delete(mark);
	});
}

/** Notices which fields somebody types into, until the returned function is called. */
export function followTyping(): () => void {
	const typed = ({ target }: Event) => {
		const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
		if (!field || wordless.includes(field.type) || field.closest('[data-kept]')) return;
		typedInto.add(field);
		if (field.form) sent.delete(field.form);
	};
	const submitted = ({ target }: Event) => void (target instanceof Node && sent.add(target));
	document.addEventListener('input', typed, { capture: true });
	document.addEventListener('submit', submitted, { capture: true });
	return () => {
		document.removeEventListener('input', typed, { capture: true });
		document.removeEventListener('submit', submitted, { capture: true });
	};
}

/** Whether somebody is in the middle of something that a reload would take. */
export function isUnfinished(): boolean {
	for (const field of typedInto) if (!field.isConnected || field.value === '') typedInto.delete(field);
	const waits = ({ form }: HTMLInputElement | HTMLTextAreaElement) =>
		!form || !sent.has(form) || form.querySelector(unsaved) !== null;
	return holds.size > 0 || [...typedInto].some(waits);
}
