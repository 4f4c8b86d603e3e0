/** A rendition on the wire. It is only ever a picture: nothing in it may run, whatever it once came from. */
export const pictureResponse = (bytes: Uint8Array, cacheControl: string): Response =>
	new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': 'image/webp',
			'content-length': String(bytes.byteLength),
			'cache-control': cacheControl,
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox"
		}
	});
