import type { LayoutServerLoad } from './$types';
import { publicPack } from '$lib/server/listings/service.ts';
import { runtime } from '$lib/server/runtime.ts';

export const load: LayoutServerLoad = async () => {
	const pack = await publicPack(runtime().db);
	return { site: { name: pack.siteName, operator: pack.texts.operator, contact: pack.texts.contact } };
};
