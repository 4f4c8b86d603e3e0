/** The shell is one prerendered page, drawn on the device: that is what opens without a network. */
export const ssr = false;
export const prerender = true;
