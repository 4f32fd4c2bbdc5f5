import { classifyHandshakeError, failureOf } from './classify-failure.ts';
import type { Clock } from './clock.ts';
import type { ConnectionListener } from './connection-listener.ts';
import type { Dial, DialSettings } from './dial.ts';
import type { Failure } from './failure.ts';
import { Handshake } from './handshake.ts';
import type { LocalEndpoint } from './local-endpoint.ts';
import type { Opening, OpeningPhases } from './opening.ts';
import { upgradeRequest } from './upgrade-request.ts';

/**
 * Opens one connection by the handshake of RFC 6455 §4.1. It never throws and never outlasts the handshake's
 * time-out: whatever the endpoint does is an `Opening`. `from` is its local end, where the system is not to choose.
 */
export const openConnection = (
  dial: Dial,
  settings: DialSettings,
  clock: Clock,
  listener: ConnectionListener,
  from: LocalEndpoint | null = null,
): Promise<Opening> =>
  new Promise((resolve) => {
    // Before the attempt starts: its time is the server's alone.
    const request = upgradeRequest(dial, settings);
    const phases: OpeningPhases = {
      startedAtMs: clock(),
      dnsResolvedAtMs: null,
      tcpConnectedAtMs: null,
      tlsDoneAtMs: null,
    };
    const fail = (failure: Failure): void => {
      resolve({ outcome: 'failed', phases, failedAtMs: clock(), failure });
    };
    if ('failure' in request) {
      fail(request.failure);
      return;
    }
    let handshake: Handshake;
    try {
      handshake = new Handshake({ request, settings, clock, listener, phases, from, onDecided: resolve });
    } catch (error) {
      // Node refuses to dial; no address is known for which it does, so this is the last line of defence.
      fail(classifyHandshakeError(error instanceof Error ? error : new Error(String(error))));
      return;
    }
    listener.onDialling?.(() => {
      handshake.fail(failureOf('reset', { detail: 'called off' }));
    });
  });
