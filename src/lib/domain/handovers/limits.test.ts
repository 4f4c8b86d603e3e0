import { expect, test } from 'vitest';
import { bytesOf, excessOf, maxCommandBytes, maxPhotoBytes, type HandoverSize } from './limits.ts';
import { maxCommands, maxHandoverPhotos } from './schema.ts';

const most: HandoverSize = {
	commands: maxCommands,
	commandBytes: maxCommandBytes,
	photos: maxHandoverPhotos,
	photoBytes: maxPhotoBytes
};

test('sync 15: a hand-over may be as large as its limits and no larger', () => {
	expect(excessOf(most)).toBeNull();
	expect(excessOf({ ...most, commands: most.commands + 1 })).toBe('commands');
	expect(excessOf({ ...most, photos: most.photos + 1 })).toBe('photos');
	expect(excessOf({ ...most, commandBytes: most.commandBytes + 1 })).toBe('bytes');
	expect(excessOf({ ...most, photoBytes: most.photoBytes + 1 })).toBe('bytes');
});

test('sync 15: Vietnamese is counted as it travels', () => {
	expect(bytesOf([{ input: 'Bưởi' }])).toBe('[{"input":"Bưởi"}]'.length + 3);
});
