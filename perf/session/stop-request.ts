import { BroadcastChannel } from 'node:worker_threads';

// Vitest's own cancellation gives a running test up at once, and what it had measured would be lost. So the command line
// asks the scenario to end by itself: the load ends early, the record is written, the promises are inconclusive.
// A channel of this process, because scenarios run in worker threads of the command line's process.
const channelName = 'ws-perf-gate:stop';

/** Asks the running scenario to end early and keep what it has. */
export const requestStop = (): void => {
  const channel = new BroadcastChannel(channelName);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a channel has no target
  channel.postMessage('stop');
  channel.close();
};

/** Aborts when the user wants the session to stop; listens from the moment it is made, and keeps nothing alive. */
export const listenForStopRequest = (): AbortSignal => {
  const stopped = new AbortController();
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', () => {
    stopped.abort();
  });
  channel.unref();
  return stopped.signal;
};
