import type { Dial, DialSettings } from '../harness/connection/dial.ts';
import { startClock } from '../harness/connection/clock.ts';
import { openConnection } from '../harness/connection/open-connection.ts';
import type { ProbeResult } from './monitor-sample.ts';

const firstMessageWithinMs = 2_000;
const closedWithinMs = 1_000;
const normalClosure = 1_000;

const settledWithin = async (
  promise: Promise<unknown>,
  withinMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const over = Promise.withResolvers<void>();
  const stop = (): void => over.resolve();
  const timer = setTimeout(stop, withinMs);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await Promise.race([promise, over.promise]);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
};

/**
 * Opens one connection as every load does, waits for its first message where one is expected, and closes it again. `signal`
 * calls it off: null then.
 */
export const probeConnection = async (
  dial: Dial,
  settings: DialSettings,
  { expectsMessage, signal }: { readonly expectsMessage: boolean; readonly signal: AbortSignal },
): Promise<ProbeResult | null> => {
  const clock = startClock();
  const heard = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let firstAtMs: number | null = null;
  let callOff: (() => void) | null = null;
  const stop = (): void => callOff?.();
  signal.addEventListener('abort', stop);
  const opening = await openConnection(dial, settings, clock, {
    onDialling: (calledOff) => {
      callOff = calledOff;
      if (signal.aborted) calledOff();
    },
    onMessage: () => {
      firstAtMs ??= clock();
      heard.resolve();
    },
    onPong: () => undefined,
    onClose: () => {
      heard.resolve();
      closed.resolve();
    },
  });
  signal.removeEventListener('abort', stop);
  const { startedAtMs } = opening.phases;
  if (opening.outcome === 'failed') {
    const { reason, detail, status } = opening.failure;
    const said = status === null ? detail : `HTTP ${String(status)}`;
    return signal.aborted
      ? null
      : { outcome: 'failed', afterMs: opening.failedAtMs - startedAtMs, reason, detail: said };
  }
  const { socket, openedAtMs } = opening;
  if (expectsMessage) await settledWithin(heard.promise, firstMessageWithinMs, signal);
  socket.close(normalClosure);
  await settledWithin(closed.promise, closedWithinMs, signal);
  socket.terminate();
  const firstMessageMs = firstAtMs === null ? null : Math.max(0, firstAtMs - openedAtMs);
  return { outcome: 'opened', connectTimeMs: openedAtMs - startedAtMs, firstMessageMs };
};
