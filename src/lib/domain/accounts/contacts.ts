export type ContactKind = 'phone' | 'email';

/** Enough to know the own phone or mailbox again, too little to learn it: "09•• ••• 678", "l•••@x.vn". */
export function maskContact(contact: string): string {
	const at = contact.indexOf('@');
	if (at > 0) return `${contact.slice(0, 1)}•••${contact.slice(at)}`;
	return `${contact.slice(0, 2)}•• ••• ${contact.slice(-3)}`;
}
