/** One page for every part: the worker answers these addresses with the shell. */
export const prerender = false;
