import { upgradeRefusal } from './check-upgrade.ts';
import { classifyHandshakeError, classifyStatus, failureOf } from './classify-failure.ts';
import type { Clock } from './clock.ts';
import { acceptCompression, type Compression } from './compression.ts';
import type { ConnectionListener } from './connection-listener.ts';
import type { DialSettings } from './dial.ts';
import type { Failure } from './failure.ts';
import { FrameChannel } from './frame-channel.ts';
import type { LocalEndpoint } from './local-endpoint.ts';
import { KnownAnswer } from './known-answer.ts';
import { Line, type LineListener } from './line.ts';
import type { Opening, OpeningPhases } from './opening.ts';
import { acceptValue, freshKey } from './upgrade-key.ts';
import type { UpgradeRequest } from './upgrade-request.ts';
import { UpgradeResponse, type ResponseHead } from './upgrade-response.ts';

// Shared: where no subprotocol is offered and no extension is chosen, an answer is accepted for what it is alone.
const knownAnswer = new KnownAnswer();

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What a handshake works with. */
export interface HandshakeOptions {
  readonly request: UpgradeRequest;
  readonly settings: DialSettings;
  readonly clock: Clock;
  readonly listener: ConnectionListener;
  readonly phases: OpeningPhases;
  /** Where on this machine it comes from; null leaves it to the system. */
  readonly from: LocalEndpoint | null;
  /** Called once, whatever happens. */
  readonly onDecided: (opening: Opening) => void;
}

/** One opening handshake (RFC 6455 §4.1), from the dialling to the moment it is decided. */
export class Handshake implements LineListener {
  readonly #options: HandshakeOptions;
  readonly #phases: Writable<OpeningPhases>;
  readonly #key = freshKey();
  readonly #response = new UpgradeResponse();
  readonly #timeout: NodeJS.Timeout;
  readonly #line: Line;
  #isDecided = false;

  constructor(options: HandshakeOptions) {
    const { request, settings, phases } = options;
    this.#options = options;
    this.#phases = phases;
    this.#line = new Line(request.address, options.from, this);
    this.#timeout = setTimeout(() => {
      const detail = `no answer within ${String(settings.handshakeTimeoutMs)} ms`;
      this.fail(failureOf('handshake-timeout', { detail }));
    }, settings.handshakeTimeoutMs);
  }

  /** Ends it, if it is not decided yet. */
  fail(failure: Failure): void {
    if (this.#isDecided) return;
    const { clock, onDecided } = this.#options;
    this.#isDecided = true;
    clearTimeout(this.#timeout);
    onDecided({ outcome: 'failed', phases: this.#phases, failedAtMs: clock(), failure });
    this.#line.socket.destroy();
  }

  onPhase(phase: 'dns' | 'tcp' | 'tls'): void {
    if (this.#isDecided) return;
    const { clock, request } = this.#options;
    const atMs = clock();
    switch (phase) {
      case 'dns':
        this.#phases.dnsResolvedAtMs ??= atMs;
        break;
      case 'tcp':
        this.#phases.tcpConnectedAtMs = atMs;
        if (request.address.secureContext === null) this.#ask();
        break;
      case 'tls':
        this.#phases.tlsDoneAtMs = atMs;
        this.#ask();
        break;
      default:
        phase satisfies never;
    }
  }

  onBytes(shared: Buffer, byteCount: number): void {
    if (this.#isDecided) return;
    const mayBeKnown = !this.#response.hasBegun && this.#options.request.subprotocols.length === 0;
    const knownBytes = mayBeKnown ? knownAnswer.length(shared, byteCount, acceptValue(this.#key)) : 0;
    if (knownBytes > 0) {
      this.#open(null, shared, knownBytes, byteCount);
      return;
    }
    const progress = this.#response.read(shared, byteCount);
    switch (progress.kind) {
      case 'incomplete':
        break;
      case 'broken':
        this.fail(failureOf('protocol', { detail: progress.detail }));
        break;
      case 'complete':
        this.#answered(progress.head, shared, progress.restFrom, byteCount, mayBeKnown);
        break;
      default:
        progress satisfies never;
    }
  }

  onEnd(): void {
    this.#cut();
  }

  onError(error: Error): void {
    this.fail(classifyHandshakeError(error));
  }

  onClose(): void {
    this.#cut();
  }

  #ask(): void {
    this.#line.socket.write(this.#options.request.head(this.#key), 'latin1');
  }

  #cut(): void {
    const when = this.#response.hasBegun ? 'in the middle of' : 'before';
    this.fail(failureOf('reset', { detail: `closed ${when} an answer` }));
  }

  #answered(
    head: ResponseHead,
    shared: Buffer,
    restFrom: number,
    byteCount: number,
    mayBeKnown: boolean,
  ): void {
    const { request, settings } = this.#options;
    if (head.status !== 101) {
      this.fail(classifyStatus(head.status, head.location));
      return;
    }
    const accept = acceptValue(this.#key);
    const detail = upgradeRefusal(head, {
      accept,
      subprotocols: request.subprotocols,
      offersCompression: settings.offersCompression === true,
    });
    if (detail !== null) {
      this.fail(failureOf('protocol', { status: 101, detail }));
      return;
    }
    const compression =
      head.extensions === null ? null : acceptCompression(head.extensions, settings.maxMessageBytes);
    if (compression === null && head.extensions !== null) {
      this.fail(
        failureOf('protocol', { status: 101, detail: 'the server’s extensions are not what was offered' }),
      );
      return;
    }
    if (mayBeKnown && compression === null) knownAnswer.keep(shared, restFrom, accept);
    this.#open(compression, shared, restFrom, byteCount);
  }

  /** The frames begin at `restFrom`. */
  #open(compression: Compression | null, shared: Buffer, restFrom: number, byteCount: number): void {
    const { settings, clock, listener, onDecided } = this.#options;
    const openedAtMs = clock();
    this.#isDecided = true;
    clearTimeout(this.#timeout);
    const channel = new FrameChannel(this.#line, listener, settings.maxMessageBytes, compression);
    this.#line.listener = channel;
    onDecided({ outcome: 'opened', phases: this.#phases, openedAtMs, socket: channel });
    if (restFrom === byteCount) return;
    // Frames in the packet of the 101 wait until whoever awaits the opening knows of it.
    const rest = Buffer.from(shared.subarray(restFrom, byteCount));
    queueMicrotask(() => {
      channel.onBytes(rest, rest.length);
    });
  }
}
