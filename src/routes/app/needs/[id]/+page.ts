/** One page for every id: the worker answers these addresses with the shell. */
export const prerender = false;
