/**
 * The order of ids, codes and instants, which is that of their signs. `localeCompare` is for words people read: its first
 * call loads the rules of every language.
 */
export const compareCodes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
