// A coordinator to be killed: starts a load that lasts far longer than any test, and says so once it runs.
import { runLoad } from '../run-load.ts';
import { hold } from '../profile.ts';
import { loadPlan } from './load-plan.ts';

const plan = loadPlan(process.argv[2] ?? '', { profile: hold({ connections: 1, holdSeconds: 3_600 }) });
await runLoad({ plan, onProgress: ({ point }) => point.open > 0 && process.stdout.write('open\n') });
