import { randomBytes } from 'node:crypto';

/** A picture is kept in two sizes: for lists (≤ 12 KB) and for looking at (≤ 90 KB). */
export const renditionKinds = ['thumb', 'detail'] as const;
export type RenditionKind = (typeof renditionKinds)[number];

export const isRenditionKind = (value: string): value is RenditionKind =>
	renditionKinds.some((kind) => kind === value);

/** Where anyone fetches a picture of an approved listing. */
export const publicThumb = (publicFileId: string): string => `/media/${publicFileId}/thumb.webp`;
export const publicDetail = (publicFileId: string): string => `/media/${publicFileId}/detail.webp`;

/** Where its owner, and officers who hold a case about it, fetch a picture that is not public. */
export const privateThumb = (uploadId: string): string => `/api/files/private/${uploadId}/thumb`;
export const privateDetail = (uploadId: string): string => `/api/files/private/${uploadId}/detail`;

/** A fresh id for `public_files`: 128 random bits, so that it says nothing of the upload and cannot be guessed. */
export const newPublicFileId = (): string => randomBytes(16).toString('base64url');
export const isPublicFileId = (text: string): boolean => /^[\w-]{22}$/.test(text);
