/** What a gzip file holds. Rejects when it is none. */
export async function gunzip(file: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
	const stream = new DecompressionStream('gzip');
	const writer = stream.writable.getWriter();
	const written = Promise.all([writer.write(new Uint8Array(file)), writer.close()]);
	// Heard of by who reads.
	written.catch(() => undefined);
	return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}
