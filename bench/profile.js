import fs from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';

// Loaded into the program before anything else: Node 20 takes no --cpu-prof from the environment.
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.on('exit', () =>
	session.post('Profiler.stop', (error, stopped) => {
		const file = path.join(process.env.BENCH_CPU_PROF ?? '.', `${process.pid}.cpuprofile`);
		if (!error) fs.writeFileSync(file, JSON.stringify(stopped.profile));
	})
);
