/** Lets the browser save bytes under a name, as if they had been downloaded; works without a network. */
export function saveFile(file: Blob, name: string): void {
	const url = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser has taken what it needs long before.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
