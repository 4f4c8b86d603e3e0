/** Runs an effect outside any component, for tests of reactive reads. Returns how to stop it. */
export function effectRoot(effect: () => void): () => void {
	return $effect.root(() => {
		$effect(effect);
	});
}
