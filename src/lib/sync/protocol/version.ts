/** Raised with every change of the wire; the server serves this one and the two before it (sync 16). */
export const protocolVersion = 6;
export const oldestServedProtocol = 4;
/** The newest that went out with a release (0.5.0): what it means stays as it is. Raised when a release is made. */
export const releasedProtocol = 5;
