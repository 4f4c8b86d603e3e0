export const businessKinds = ['household', 'cooperative', 'enterprise', 'individual'] as const;
export type BusinessKind = (typeof businessKinds)[number];
