/** A voice note in the container it came in, with nothing in it but the sound. */
export type CleanedSound = {
	readonly bytes: Uint8Array;
	/** As far as the container tells. */
	readonly seconds: number | null;
};

/** An Opus head of a note is 19 bytes; more than this would carry something else. */
export const maxCodecHead = 64;
