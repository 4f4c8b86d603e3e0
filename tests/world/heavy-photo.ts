import { randomBytes, randomInt } from 'node:crypto';
import sharp from 'sharp';

const mostInOne = 65_000;
const comment = (text: Buffer): Buffer => {
	const head = Buffer.from([0xff, 0xfe, 0, 0]);
	head.writeUInt16BE(text.length + 2, 2);
	return Buffer.concat([head, text]);
};

/**
 * A photo nobody took before, of a few more than so many bytes: heavy on the way, as a camera's, by comments nobody keeps.
 * Making noise small, which is as heavy, takes a second of a processor for each.
 */
export async function heavyPhoto(bytes: number): Promise<Buffer> {
	const background = { r: randomInt(256), g: randomInt(256), b: randomInt(256) };
	const jpeg = await sharp({ create: { width: 800, height: 600, channels: 3, background } })
		.jpeg()
		.toBuffer();
	const comments: Buffer[] = [];
	for (let left = bytes; left > 0; left -= mostInOne)
		comments.push(comment(randomBytes(Math.min(left, mostInOne))));
	return Buffer.concat([jpeg.subarray(0, 2), ...comments, jpeg.subarray(2)]);
}
