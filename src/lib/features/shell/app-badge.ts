/** Shows a number on the icon of the installed app where the system can; nowhere else does it matter. */
export function showOnIcon(count: number): void {
	if (!('setAppBadge' in navigator)) return;
	// Refused by some systems without the right to notify: the number in the app is there all the same.
	const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
	done.catch(() => undefined);
}
