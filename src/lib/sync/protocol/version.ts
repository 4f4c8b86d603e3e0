/** Raised with every change of the wire; the server serves this one and the two before it (sync 16). */
export const protocolVersion = 5;
export const oldestServedProtocol = 3;
