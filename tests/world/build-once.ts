import path from 'node:path';
import { buildIfChanged } from '../../src/lib/server/boot/build.ts';

/** Several files start the program at once: none may find another in the middle of its build. */
export default (): Promise<void> =>
	buildIfChanged(path.resolve(import.meta.dirname, '../..'), () => undefined);
