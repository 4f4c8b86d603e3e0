import type { Attachment } from 'svelte/attachments';

/** Brings whoever filled a form to the first thing wrong in it, which may be far above the button that was pressed. */
export function showFirstError(form: ParentNode): void {
	const error = form.querySelector('p.error');
	if (!error) return;
	const control = error.parentElement?.querySelector<HTMLElement>(
		'input:not([hidden]), select, textarea, button'
	);
	control?.focus({ preventScroll: true });
	error.scrollIntoView({ block: 'center' });
}

/** For a form that says at once what is wrong with what was typed. */
export const toFirstError: Attachment<HTMLFormElement> = (form) => {
	// The form's own answer to the press comes first, whichever of both listens first.
	const pressed = () => void setTimeout(() => showFirstError(form));
	form.addEventListener('submit', pressed);
	return () => form.removeEventListener('submit', pressed);
};
