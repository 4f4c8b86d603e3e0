/** One page for every decision: the worker answers these addresses with the shell. */
export const prerender = false;
