import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Whatever no other route answers: a 404 inside the public frame, so that nobody stands before a bare page. */
export const load: PageServerLoad = () => error(404, 'not_found');
