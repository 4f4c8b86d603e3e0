/** One page for everybody: the worker answers these addresses with the shell. */
export const prerender = false;
