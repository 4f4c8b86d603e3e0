/** The one public page whose pieces must be tried by hand. */
export const csr = true;
