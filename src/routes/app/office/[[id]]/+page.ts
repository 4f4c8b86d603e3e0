/** One page for every case: the worker answers these addresses with the shell. */
export const prerender = false;
