/** Raised with every change of the wire; the server serves this one and the two before it (sync 16). */
export const protocolVersion = 3;
export const oldestServedProtocol = 1;
