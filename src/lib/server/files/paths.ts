import { randomBytes } from 'node:crypto';

/** A picture is kept in two sizes: for lists (≤ 12 KB) and for looking at (≤ 90 KB). */
export const renditionKinds = ['thumb', 'detail'] as const;
export type RenditionKind = (typeof renditionKinds)[number];

/** What of an upload is asked for: a picture's rendition, the sound of a voice note, or a document as it came. */
export const fileKinds = [...renditionKinds, 'voice', 'document'] as const;
export type FileKind = (typeof fileKinds)[number];
export const isFileKind = (value: string): value is FileKind => fileKinds.some((kind) => kind === value);

/** Where anyone fetches a picture of an approved listing. */
export const publicThumb = (publicFileId: string): string => `/media/${publicFileId}/thumb.webp`;
export const publicDetail = (publicFileId: string): string => `/media/${publicFileId}/detail.webp`;
/** The ending is the one of its file in the store: it says what a player gets. */
export const publicVoice = (publicFileId: string, key: string): string =>
	`/media/${publicFileId}/voice.${endingOf(key)}`;
export const endingOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1);

/** Where its owner, and officers who hold a case about it, fetch a picture that is not public. */
export const privateThumb = (uploadId: string): string => `/api/files/private/${uploadId}/thumb`;
export const privateDetail = (uploadId: string): string => `/api/files/private/${uploadId}/detail`;
export const privateDocument = (uploadId: string): string => `/api/files/private/${uploadId}/document`;
export const privateVoice = (uploadId: string): string => `/api/files/private/${uploadId}/voice`;

/** A fresh id for `public_files`: 128 random bits, so that it says nothing of the upload and cannot be guessed. */
export const newPublicFileId = (): string => randomBytes(16).toString('base64url');
export const isPublicFileId = (text: string): boolean => /^[\w-]{22}$/.test(text);
