import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { WebSocket, type RawData } from 'ws';
import { classifyHandshakeError, classifyStatus, failureOf } from './classify-failure.ts';
import type { Clock } from './clock.ts';
import type { Dial, DialSettings } from './dial.ts';
import type { Failure } from './failure.ts';
import { trustAlso } from './trust.ts';

/** Hears a connection from the moment it is open; attached before any event can fire. */
export interface ConnectionListener {
  onMessage(data: Buffer): void;
  onPong(data: Buffer): void;
  /** The dialling has begun: until it is decided, `callOff` ends it as failed. */
  onDialling?(callOff: () => void): void;
  /** `failure` is set when a frame broke the protocol. */
  onClose(closeCode: number, failure: Failure | null): void;
}

/** When each phase of an opening ended; null where it did not happen. */
export interface OpeningPhases {
  readonly startedAtMs: number;
  readonly dnsResolvedAtMs: number | null;
  readonly tcpConnectedAtMs: number | null;
  readonly tlsDoneAtMs: number | null;
}

/** What came of one opening. */
export type Opening = { readonly phases: OpeningPhases } & (
  | { readonly outcome: 'opened'; readonly openedAtMs: number; readonly socket: WebSocket }
  | { readonly outcome: 'failed'; readonly failedAtMs: number; readonly failure: Failure }
);

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const asBuffer = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);

/** What a dial over TLS needs beyond its address; null where there is no TLS. */
const tlsOptions = (dial: Dial, { certificateAuthority }: DialSettings): ConnectionOptions | null => {
  if (!dial.url.startsWith('wss:')) return null;
  return certificateAuthority === null ? {} : { secureContext: trustAlso(certificateAuthority) };
};

/** Dials the socket itself, so that each phase can be stamped when it ends. */
const stampedConnect =
  (phases: Writable<OpeningPhases>, clock: Clock, tls: ConnectionOptions | null) =>
  (options: ConnectionOptions): Socket => {
    // `ws` leaves `path` set to the request's path, which `net` would take for a Unix socket.
    const { path: _path, ...address } = options;
    const host = address.host ?? '';
    const servername = address.servername ?? (isIP(host) === 0 ? host : '');
    const socket =
      tls === null
        ? connectTcp({ ...address, port: Number(address.port), host })
        : connectTls({ ...address, ...tls, servername });
    socket.setNoDelay(true);
    socket.once('lookup', () => {
      if (isIP(host) === 0) phases.dnsResolvedAtMs = clock();
    });
    socket.once('connect', () => {
      phases.tcpConnectedAtMs = clock();
    });
    if (tls !== null) {
      socket.once('secureConnect', () => {
        phases.tlsDoneAtMs = clock();
      });
    }
    return socket;
  };

const startWebSocket = (
  dial: Dial,
  settings: DialSettings,
  connect: (options: ConnectionOptions) => Socket,
): WebSocket =>
  new WebSocket(dial.url, [...dial.subprotocols], {
    createConnection: connect as never,
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: settings.maxMessageBytes,
    headers: { ...dial.headers },
    ...(settings.origin !== null && { origin: settings.origin }),
  });

/**
 * Opens one connection by the handshake of RFC 6455 §4.1. It never throws and never outlasts the handshake's
 * time-out: whatever the endpoint does is an `Opening`.
 */
export const openConnection = (
  dial: Dial,
  settings: DialSettings,
  clock: Clock,
  listener: ConnectionListener,
): Promise<Opening> =>
  new Promise((resolve) => {
    // Before the attempt starts: its time is the server's alone.
    const tls = tlsOptions(dial, settings);
    const phases: Writable<OpeningPhases> = {
      startedAtMs: clock(),
      dnsResolvedAtMs: null,
      tcpConnectedAtMs: null,
      tlsDoneAtMs: null,
    };
    let isOpen = false;
    let isDecided = false;
    let brokenFrame: Failure | null = null;
    let socket: WebSocket;
    try {
      socket = startWebSocket(dial, settings, stampedConnect(phases, clock, tls));
    } catch (error) {
      // A header or subprotocol that HTTP forbids; checked before a run, so this is the last line of defence.
      const failure = failureOf('protocol', {
        detail: error instanceof Error ? error.message : String(error),
      });
      resolve({ outcome: 'failed', phases, failedAtMs: clock(), failure });
      return;
    }

    const fail = (failure: Failure): void => {
      if (isDecided) return;
      isDecided = true;
      clearTimeout(timeout);
      resolve({ outcome: 'failed', phases, failedAtMs: clock(), failure });
    };
    // Not `handshakeTimeout` of `ws`, which starts anew with every byte received: a slow drip would outlast it.
    const timeout = setTimeout(() => {
      fail(
        failureOf('handshake-timeout', {
          detail: `no answer within ${String(settings.handshakeTimeoutMs)} ms`,
        }),
      );
      socket.terminate();
    }, settings.handshakeTimeoutMs);

    // All listeners before any event: a server may send, or close, in the same packet as its 101.
    socket.on('open', () => {
      if (isDecided) return;
      const openedAtMs = clock();
      isOpen = isDecided = true;
      clearTimeout(timeout);
      resolve({ outcome: 'opened', phases, openedAtMs, socket });
    });
    socket.on('unexpected-response', (request, response) => {
      fail(classifyStatus(response.statusCode ?? 0));
      response.resume();
      request.destroy();
    });
    socket.on('error', (error) => {
      if (!isOpen) {
        fail(classifyHandshakeError(error));
        return;
      }
      brokenFrame = failureOf('protocol', { detail: error.message });
      // RFC 6455 §7.1.7; the close frame is on its way. Left alone, `ws` would wait half a minute for the other side.
      socket.terminate();
    });
    socket.on('message', (data) => {
      listener.onMessage(asBuffer(data));
    });
    socket.on('pong', (data) => {
      listener.onPong(data);
    });
    socket.on('close', (closeCode) => {
      if (isOpen) listener.onClose(closeCode, brokenFrame);
      else fail(failureOf('reset', { detail: 'closed before an answer' }));
    });
    listener.onDialling?.(() => {
      if (isDecided) return;
      fail(failureOf('reset', { detail: 'called off' }));
      socket.terminate();
    });
  });
