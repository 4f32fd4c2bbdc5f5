import type { EpochClock } from '../harness/connection/epoch-clock.ts';
import type { ClockOffset } from '../harness/load/message-tally.ts';
import type { ClockRecord } from '../harness/record/run-record.ts';
import { estimateOffset, type ClockExchange, type OffsetEstimate } from './clock-offset.ts';
import { MonitoringClient } from './monitoring-client.ts';
import type { WatchableServer } from './watch-server.ts';

const exchangesWanted = 10;
/** A server that answers slowly is not asked as often. */
const askForAtMostMs = 1_500;
const msPerSecond = 1_000;

/** What has to be known of a server to set its clock beside this machine's. */
export interface ClockedServer extends WatchableServer {
  readonly kind: 'containers' | 'process' | 'external';
  readonly sharesMachine: boolean;
}

/** What is known of the server's clock at one moment. */
export type ClockReading =
  | { readonly kind: 'shared'; readonly reason: string }
  | ({ readonly kind: 'estimated' } & OffsetEstimate)
  | { readonly kind: 'unknown'; readonly reason: string };

const whyShared = ({ kind, sharesMachine }: ClockedServer): string | null => {
  if (!sharesMachine) return null;
  if (kind === 'process') return 'the server is a process of this machine';
  if (kind === 'containers') return 'containers have the clock of the machine that they run on';
  return 'the address is one of this machine';
};

const exchange = async (monitoring: MonitoringClient, clock: EpochClock): Promise<ClockExchange | null> => {
  const askedAtEpochMs = clock.now();
  const answer = await monitoring.activeConnections().catch(() => null);
  const answeredAtEpochMs = clock.now();
  if (answer === null || !Number.isFinite(answer.timestamp)) return null;
  return { askedAtEpochMs, answeredAtEpochMs, serverAtEpochMs: answer.timestamp * msPerSecond };
};

const askForTime = async (server: ClockedServer, clock: EpochClock): Promise<OffsetEstimate | null> => {
  const monitoring = new MonitoringClient(server.httpUrl, server);
  const exchanges: ClockExchange[] = [];
  const untilEpochMs = clock.now() + askForAtMostMs;
  for (let asked = 0; asked < exchangesWanted && clock.now() < untilEpochMs; asked += 1) {
    const one = await exchange(monitoring, clock);
    if (one === null) break;
    exchanges.push(one);
  }
  return estimateOffset(exchanges);
};

/**
 * Sets the server's clock beside this machine's. Where both should be the same, the server is asked all the same if it
 * can be: an address of this machine may lead through a tunnel, and an engine may run in a virtual machine.
 */
export const readPublisherClock = async (server: ClockedServer, clock: EpochClock): Promise<ClockReading> => {
  const reason = whyShared(server);
  const estimate =
    server.kind === 'process' || !server.features.monitoring ? null : await askForTime(server, clock);
  if (reason !== null && (estimate === null || Math.abs(estimate.offsetMs) <= estimate.uncertaintyMs))
    return { kind: 'shared', reason };
  if (estimate !== null) return { kind: 'estimated', ...estimate };
  return {
    kind: 'unknown',
    reason: server.features.monitoring
      ? 'the server is on another machine, and its monitoring endpoint did not tell its time'
      : 'the server is on another machine, and has no monitoring endpoint that would tell its time',
  };
};

/** The offset that latencies are corrected by; null where it is not known. */
export const offsetOf = (reading: ClockReading): ClockOffset | null => {
  switch (reading.kind) {
    case 'shared':
      return { offsetMs: 0, uncertaintyMs: 0 };
    case 'estimated':
      return { offsetMs: reading.offsetMs, uncertaintyMs: reading.uncertaintyMs };
    case 'unknown':
      return null;
    default:
      return reading satisfies never;
  }
};

/**
 * What is known of the clock after a load for which `before` was used: the uncertainty then covers how far the clocks
 * drifted apart, and how far the generator's own wall clock moved.
 */
export const clockOverLoad = (
  before: ClockReading,
  after: ClockReading | null,
  generatorDriftMs: number,
): ClockRecord => {
  const ownMs = Math.abs(generatorDriftMs);
  switch (before.kind) {
    case 'shared':
      return { ...before, offsetMs: 0, uncertaintyMs: ownMs };
    case 'estimated': {
      const driftMs = after?.kind === 'estimated' ? after.offsetMs - before.offsetMs : null;
      const atEndMs =
        driftMs !== null && after?.kind === 'estimated' ? Math.abs(driftMs) + after.uncertaintyMs : 0;
      return { ...before, driftMs, uncertaintyMs: Math.max(before.uncertaintyMs, atEndMs) + ownMs };
    }
    case 'unknown':
      return before;
    default:
      return before satisfies never;
  }
};
