import { clockFromEpoch } from '../connection/clock.ts';
import type { FromAgent, ToAgent } from './agent-protocol.ts';
import { driveLoad } from './drive-load.ts';

// An agent: a process of its own that drives its share of one load and ends. It talks to its coordinator over Node's
// IPC channel and ends at once when that is gone, so that no generator outlives the run that it belongs to.

const send = (message: FromAgent): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });

const stop = new AbortController();

const drive = async (message: Extract<ToAgent, { type: 'start' }>): Promise<void> => {
  const result = await driveLoad({
    plan: message.plan,
    share: message.share,
    clock: clockFromEpoch(message.startAtEpochMs),
    signal: stop.signal,
    onProgress: (progress) => {
      send({ type: 'progress', progress }).catch(() => undefined);
    },
  });
  await send({ type: 'result', result });
  process.disconnect();
};

process.on('message', (message: ToAgent) => {
  if (message.type === 'stop') stop.abort();
  else {
    drive(message).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    });
  }
});
process.on('disconnect', () => {
  process.exit(0);
});
// A terminal's Ctrl-C reaches the whole process group; the coordinator decides what it means.
process.on('SIGINT', () => undefined);

await send({ type: 'ready' });
