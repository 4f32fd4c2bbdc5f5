import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import type { AdmissionControl, Occupancy } from '../admission/admission-control.ts';
import { HandshakePacer } from '../admission/handshake-pacer.ts';
import { BEARER_SUBPROTOCOL } from '../auth/token-from-request.ts';
import { burnCpu } from '../burn-cpu.ts';
import { DescriptorLeak } from '../descriptor-leak.ts';
import { everyNth } from '../faults.ts';
import { paths, requestUrl } from '../http/routes.ts';
import { errorAnswer, sendJsonAndEnd } from '../http/send-json.ts';
import type { AttemptOutcome } from '../metrics.ts';
import type { ConnectionStatistics, PendingAttempt } from '../statistics/connection-statistics.ts';
import { ClientConnection, type ConnectionContext } from './client-connection.ts';
import { closeCodeLabel } from './close-codes.ts';
import { planDepartures } from './departure-plan.ts';
import { holdSocket } from './held-socket.ts';
import { UpgradeGate, type Knock } from './upgrade-gate.ts';
import { invalidHandshake, type UpgradeRefusal } from './upgrade-refusal.ts';

/** Messages up to this many times the limit are answered with an error before the close; ws cuts longer ones off unread. */
const READABLE_EXCESS = 2;

interface Handshake extends Knock {
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly attempt: PendingAttempt;
  outcome: AttemptOutcome | 'pending';
  /** Listens for the socket's end until the handshake is decided. */
  onLost: () => void;
}

/** Decides on upgrade requests and keeps the connections that came of them. */
export class ConnectionHub {
  readonly #context: ConnectionContext;
  readonly #statistics: ConnectionStatistics;
  readonly #gate: UpgradeGate;
  readonly #pacer: HandshakePacer;
  readonly #isDelayedByFault = everyNth(10);
  readonly #isForgottenByFault: () => boolean;
  readonly #descriptorLeak: DescriptorLeak;
  readonly #server: WebSocketServer;
  readonly #pending = new Set<Handshake>();
  readonly #open = new Set<ClientConnection>();
  readonly #whenEmpty = new Set<() => void>();
  /** Made once: one made beside a handshake would keep it as long as the socket. */
  readonly #onSocketError = (error: Error): void =>
    this.#context.logger.debug({ err: error }, 'socket error during the handshake');
  #isDraining = false;

  constructor(context: ConnectionContext, statistics: ConnectionStatistics, admission: AdmissionControl) {
    this.#context = context;
    this.#statistics = statistics;
    this.#gate = new UpgradeGate(context.settings, admission);
    const { handshakeTurnMs, faults } = context.settings;
    this.#isForgottenByFault = everyNth(faults.forgetEveryNthClose);
    this.#descriptorLeak = new DescriptorLeak(faults.leakDescriptorEveryNthClose);
    this.#pacer = new HandshakePacer(handshakeTurnMs === 0 ? Number.POSITIVE_INFINITY : handshakeTurnMs);
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: context.settings.maxMessageBytes * READABLE_EXCESS,
      handleProtocols: (protocols) => (protocols.has(BEARER_SUBPROTOCOL) ? BEARER_SUBPROTOCOL : false),
    });
    this.#server.on('wsClientError', (error, _socket, request) => {
      for (const handshake of this.#pending) {
        if (handshake.request === request) this.#refuse(handshake, invalidHandshake(error.message));
      }
    });
  }

  get openConnections(): number {
    return this.#open.size;
  }

  get occupancy(): Occupancy {
    return { open: this.#open.size, handshakes: this.#pending.size };
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Answers an upgrade request: opens a connection, or refuses with an HTTP answer. Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const arrivedAtMs = performance.now();
    // A client may break off at any time, and a socket error without a listener would end the process.
    socket.on('error', this.#onSocketError);
    const url = requestUrl(request.url);
    if (url?.pathname !== paths.webSocket) {
      const message = `No WebSocket is served at this path; ${paths.webSocket} is.`;
      sendJsonAndEnd(socket, errorAnswer(404, { code: 'not_found', message }));
      return;
    }
    if (request.method !== 'GET') {
      const answer = { code: 'method_not_allowed', message: 'A WebSocket is opened with GET.' };
      sendJsonAndEnd(socket, errorAnswer(405, answer, { Allow: 'GET' }));
      return;
    }
    const attempt = this.#statistics.attemptArrived();
    const handshake: Handshake = {
      request,
      socket,
      head,
      url,
      arrivedAtMs,
      attempt,
      places: {},
      outcome: 'pending',
      onLost: () => this.#settle(handshake, 'lost'),
    };
    const refusal = this.#isDraining
      ? this.#gate.draining
      : this.#gate.refusalOnArrival(handshake, this.occupancy);
    if (refusal !== undefined) {
      this.#refuse(handshake, refusal);
      return;
    }
    this.#pending.add(handshake);
    socket.once('close', handshake.onLost);
    this.#pacer.run(() => this.#decide(handshake));
  }

  /** Ends all open connections, without a close frame. */
  dropAll(): void {
    for (const connection of this.#open) connection.terminate();
  }

  /** Refuses what comes from now on, asks one client after another to leave, and resolves when the last one is gone. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    for (const handshake of this.#pending) this.#refuse(handshake, this.#gate.draining);
    if (this.#open.size > 0) await this.#emptyOut();
    this.#descriptorLeak[Symbol.dispose]();
  }

  async #emptyOut(): Promise<void> {
    const empty = new Promise<void>((resolve) => this.#whenEmpty.add(resolve));
    const emptied = new AbortController();
    const asking = this.#askAllToLeave(emptied.signal);
    await empty;
    emptied.abort();
    await asking;
  }

  async #askAllToLeave(emptied: AbortSignal): Promise<void> {
    const { settings } = this.#context;
    const connections = [...this.#open];
    const startedAtMs = performance.now();
    for (const [index, { atMs, reconnectAfterMs }] of planDepartures(
      connections.length,
      settings,
    ).entries()) {
      const waitMs = startedAtMs + atMs - performance.now();
      // The wait is cut short, and rejected, when the last client has left by itself.
      if (waitMs >= 1) await sleep(waitMs, undefined, { signal: emptied }).catch(() => undefined);
      const connection = connections[index];
      if (connection !== undefined && this.#open.has(connection))
        connection.leave(reconnectAfterMs, settings.shutdownGraceMs);
    }
  }

  #decide(handshake: Handshake): void {
    // It may have been lost, or refused by a drain, while it waited for its turn.
    if (handshake.outcome !== 'pending') return;
    const refusal = this.#gate.refusalByToken(handshake);
    if (refusal !== undefined) {
      this.#refuse(handshake, refusal);
      return;
    }
    const { faults } = this.#context.settings;
    if (faults.neverAnswerUpgrade) {
      holdSocket(handshake.socket);
      return;
    }
    burnCpu(faults.burnCpuPerHandshakeMs);
    if (faults.handshakeDelayMs === 0) this.#accept(handshake, handshake.head);
    else this.#acceptAfter(handshake, faults.handshakeDelayMs);
  }

  #acceptAfter(handshake: Handshake, delayMs: number): void {
    const release = holdSocket(handshake.socket);
    const timer = setTimeout(() => {
      this.#accept(handshake, Buffer.concat([handshake.head, release()]));
      // A released socket is paused, and a listener alone does not change that: the client would never be read.
      handshake.socket.resume();
    }, delayMs);
    handshake.socket.once('close', () => clearTimeout(timer));
  }

  #accept(handshake: Handshake, head: Buffer): void {
    if (handshake.outcome !== 'pending') return;
    this.#server.handleUpgrade(handshake.request, handshake.socket, head, (socket) => {
      this.#opened(handshake, socket);
    });
  }

  #opened(handshake: Handshake, socket: WebSocket): void {
    const { metrics, logger } = this.#context;
    const handshakeMs = performance.now() - handshake.arrivedAtMs;
    this.#pending.delete(handshake);
    handshake.outcome = 'opened';
    // From here on nothing refers to the handshake, which would keep the request and its token as long as the connection.
    handshake.socket.off('close', handshake.onLost);
    const { places } = handshake;
    const counted = handshake.attempt.opened(handshakeMs);
    metrics.attempts.inc({ outcome: 'opened' });
    metrics.handshakeSeconds.observe(handshakeMs / 1_000);
    metrics.connectionsOpen.inc();
    const id = randomUUID();
    const connection = new ClientConnection(socket, this.#context, {
      id,
      quotesDelayMs: this.#isDelayedByFault() ? this.#context.settings.faults.delayTenthClientMs : 0,
    });
    this.#open.add(connection);
    socket.on('close', (code) => {
      this.#open.delete(connection);
      this.#gate.leave(places);
      if (!this.#isForgottenByFault()) counted.closed();
      this.#descriptorLeak.connectionEnded();
      metrics.connectionsOpen.dec();
      metrics.closes.inc({ code: closeCodeLabel(code) });
      logger.debug({ connection: id, code }, 'connection closed');
      if (this.#open.size === 0) for (const resolve of this.#whenEmpty) resolve();
    });
    logger.debug({ connection: id, handshakeMs }, 'connection opened');
    connection.greet().catch((error: unknown) => {
      logger.error({ err: error, connection: id }, 'greeting failed');
      connection.terminate();
    });
  }

  #refuse(handshake: Handshake, refusal: UpgradeRefusal): void {
    if (refusal.outcome === 'overloaded')
      this.#context.metrics.admissionRefusals.inc({ reason: refusal.reason });
    this.#settle(handshake, refusal.outcome);
    sendJsonAndEnd(handshake.socket, refusal.answer);
  }

  #settle(handshake: Handshake, outcome: Exclude<AttemptOutcome, 'opened'>): void {
    if (handshake.outcome !== 'pending') return;
    handshake.outcome = outcome;
    this.#pending.delete(handshake);
    this.#gate.leave(handshake.places);
    handshake.attempt.failed();
    this.#context.metrics.attempts.inc({ outcome });
    this.#context.logger.debug({ outcome }, 'upgrade failed');
  }
}
