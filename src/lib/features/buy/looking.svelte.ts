/** What somebody is looking for on the market. It outlives the screen: coming back from a listing shows the same list. */
export const looking = $state({ q: '', categoryId: '', wardCode: '', room: 24 });

export function lookAgain(): void {
	Object.assign(looking, { q: '', categoryId: '', wardCode: '', room: 24 });
}
