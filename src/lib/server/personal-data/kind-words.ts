import { kindNames } from '$lib/domain/personal-data/kind-names.ts';
import type { Kind } from '$lib/domain/personal-data/kinds.ts';

/** Kinds of data as letters name them: in Vietnamese, the language of the authority. */
export const kindWords = (kinds: readonly Kind[]): string[] => kinds.map((kind) => kindNames.vi[kind]);
