import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../harness/connection/clock.ts';
import type { Dial } from '../../harness/connection/dial.ts';
import { openConnection } from '../../harness/connection/open-connection.ts';
import { readMarketMessage } from '../../harness/load/market-messages.ts';
import type { OperationPlan } from './operation.ts';

const normalClosure = 1_000;

/** How a slice of throughput is taken. */
export interface SlicePlan {
  readonly connections: number;
  readonly durationMs: number;
}

/**
 * Pings on several connections at once, each as soon as its last answer has come, and returns the round trips per second that
 * one server answered; null when a connection does not open.
 */
export const roundTripSlice = async (
  dials: readonly Dial[],
  plan: OperationPlan,
  { connections, durationMs }: SlicePlan,
  clock: Clock,
): Promise<number | null> => {
  let answered = 0;
  let isCounting = false;
  const closers: (() => Promise<void>)[] = [];
  const open = async (dial: Dial): Promise<boolean> => {
    let ping: (() => void) | null = null;
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const onAnswer = (): void => {
      if (isCounting) answered += 1;
      ping?.();
    };
    const opening = await openConnection(dial, plan.settings, clock, {
      onMessage: (data) => {
        if (plan.pingsVia === 'message' && readMarketMessage(data).type === 'pong') onAnswer();
      },
      onPong: onAnswer,
      onClose: () => {
        ping = null;
        resolve();
      },
    });
    if (opening.outcome === 'failed') return false;
    const { socket } = opening;
    let id = 0;
    ping = () => {
      id += 1;
      if (plan.pingsVia === 'frame') socket.ping(Buffer.from([id & 0xff]));
      else socket.send(JSON.stringify({ type: 'ping', id, sentAt: Date.now() }));
    };
    closers.push(async () => {
      ping = null;
      socket.close(normalClosure);
      await closed;
    });
    ping();
    return true;
  };
  const opened = await Promise.all(
    Array.from({ length: connections }, (_, index) => open(dials[index % dials.length] as Dial)),
  );
  isCounting = true;
  const startedAtMs = clock();
  await sleep(durationMs);
  isCounting = false;
  const elapsedMs = clock() - startedAtMs;
  await Promise.all(closers.map((close) => close()));
  return opened.every(Boolean) ? (answered * 1_000) / elapsedMs : null;
};
