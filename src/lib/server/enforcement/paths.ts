/** Where a picture of evidence is fetched, by those who may see it. */
export const evidencePath = (id: string, kind: 'thumb' | 'detail'): string =>
	`/api/enforcement/evidence/${id}/${kind}`;
