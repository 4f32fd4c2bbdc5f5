import { clockFromMachine } from '../connection/clock.ts';
import type { FromAgent, ToAgent } from './agent-protocol.ts';
import { driveLoad } from './drive-load.ts';
import type { Stage } from './meeting-point.ts';
import { rehearse } from './rehearse.ts';

// An agent: a process of its own that drives its share of one load and ends. It talks to its coordinator over Node's
// IPC channel and ends at once when that is gone, so that no generator outlives the run that it belongs to.

type Prepared = Extract<ToAgent, { type: 'prepare' }>;

const send = (message: FromAgent): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });

const stop = new AbortController();
const goOn: Readonly<Record<Stage, PromiseWithResolvers<void>>> = {
  opened: Promise.withResolvers(),
  held: Promise.withResolvers(),
};
let prepared: Prepared | null = null;

const prepare = async (message: Prepared): Promise<void> => {
  prepared = message;
  // A load must not fail, nor wait, because of its rehearsal.
  await rehearse(message.plan).catch(() => undefined);
  await send({ type: 'ready' });
};

const meetOthers = async (stage: Stage): Promise<void> => {
  await send({ type: 'reached', stage });
  await goOn[stage].promise;
};

const drive = async (startAtMachineMs: number): Promise<void> => {
  if (prepared === null) throw new Error('An agent was started before it had been given its share.');
  const result = await driveLoad({
    plan: prepared.plan,
    share: prepared.share,
    clock: clockFromMachine(startAtMachineMs),
    signal: stop.signal,
    onProgress: (progress) => {
      send({ type: 'progress', progress }).catch(() => undefined);
    },
    meetOthers,
  });
  await send({ type: 'result', result });
  process.disconnect();
};

const obey = async (message: ToAgent): Promise<void> => {
  switch (message.type) {
    case 'prepare':
      await prepare(message);
      break;
    case 'start':
      await drive(message.startAtMachineMs);
      break;
    case 'go-on':
      goOn[message.stage].resolve();
      break;
    case 'stop':
      stop.abort();
      for (const { resolve } of Object.values(goOn)) resolve();
      break;
    default:
      message satisfies never;
  }
};

process.on('message', (message: ToAgent) => {
  obey(message).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
});
process.on('disconnect', () => {
  process.exit(0);
});
// A terminal's Ctrl-C reaches the whole process group; the coordinator decides what it means.
process.on('SIGINT', () => undefined);
