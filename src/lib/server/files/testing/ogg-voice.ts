/** An Ogg file as Firefox writes it: a head, comments, then `packets` pages of a packet of 20 ms each. */
export function oggVoice(packets: number, comment = 'TITLE=nhà bà Tư'): Buffer {
	const head = Buffer.alloc(19);
	head.write('OpusHead', 'latin1');
	head.writeUInt8(1, 8);
	head.writeUInt8(1, 9);
	head.writeUInt16LE(312, 10);
	head.writeUInt32LE(48_000, 12);
	const said = Buffer.from(comment);
	const tags = Buffer.concat([
		Buffer.from('OpusTags'),
		u32(7),
		Buffer.from('Firefox'),
		u32(1),
		u32(said.length),
		said
	]);
	// A packet of silence.
	const silence = Buffer.from([0xf8, 0xff, 0xfe]);
	const sound = Array.from({ length: packets }, (_, n) =>
		page(n + 2, 0, BigInt(312 + 960 * (n + 1)), silence)
	);
	return Buffer.concat([page(0, 2, 0n, head), page(1, 0, 0n, tags), ...sound]);
}

function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

/** Without its checksum, which only a player looks at. */
function page(nth: number, flags: number, granule: bigint, inside: Buffer): Buffer {
	const head = Buffer.alloc(27);
	head.write('OggS', 'latin1');
	head.writeUInt8(flags, 5);
	head.writeBigUInt64LE(granule, 6);
	head.writeUInt32LE(4711, 14);
	head.writeUInt32LE(nth, 18);
	const whole = Math.floor(inside.length / 255);
	const table = Buffer.from([...Array<number>(whole).fill(255), inside.length % 255]);
	head.writeUInt8(table.length, 26);
	return Buffer.concat([head, table, inside]);
}
