import type { ConnectionAttempt } from '../connection/attempt.ts';
import { failureOf } from '../connection/classify-failure.ts';
import type { Clock } from '../connection/clock.ts';
import type { Failure } from '../connection/failure.ts';
import type { ConnectionListener } from '../connection/connection-listener.ts';
import { openConnection } from '../connection/open-connection.ts';
import type { OpenedSocket } from '../connection/opened-socket.ts';
import type { Opening } from '../connection/opening.ts';
import { SequenceTracker, type ReceivedRange, type SequenceFindings } from '../metrics/sequence-tracker.ts';
import { Happening } from './happening.ts';
import { InitialMessages } from './initial-messages.ts';
import { localEndpointOf } from './local-endpoint-of.ts';
import type { MarketMessage } from './market-messages.ts';
import type { MessageReader } from './message-reader.ts';
import type { MessageTally } from './message-tally.ts';
import type { LoadPlan } from './plan.ts';
import { SlowReader, type SlowLine } from './slow-reader.ts';
import { isSlowReader } from './slow-readers.ts';
import {
  runBehaviour,
  type BehaviourTallies,
  type RunningBehaviour,
  type Voice,
} from './running-behaviour.ts';

type Opened = Extract<Opening, { outcome: 'opened' }>;

/** The quotes that one connection received, and while it could; plain data. */
export interface ReceivedByConnection {
  readonly readyAtMs: number;
  /** When either side began to close it, or the line ended. */
  readonly endedAtMs: number;
  readonly ranges: readonly ReceivedRange[];
}

/** One connection from its start to its end: opens, counts and checks what arrives, behaves as planned, closes. */
export class ConnectionLife implements ConnectionListener, Voice, SlowLine {
  readonly index: number;
  readonly #retry: number;
  readonly #sequences: SequenceTracker | null;
  messagesReceived = 0;
  readonly #dueAtMs: number;
  readonly #plan: LoadPlan;
  readonly #clock: Clock;
  readonly #reader: MessageReader;
  readonly #messages: MessageTally;
  /** Null where it only listens. */
  readonly #behaviour: RunningBehaviour | null;
  readonly #closed = new Happening();
  readonly #initialMessages: InitialMessages;
  #opening: Opening | null = null;
  #bytesReceived = 0;
  // Not a number before the first message: null beside numbers would cost an allocation for each message.
  #firstMessageAtMs = Number.NaN;
  #lastMessageAtMs = Number.NaN;
  #closedAtMs: number | null = null;
  #failure: Failure | null = null;
  #isLeaving = false;
  #isAbandoned = false;
  /** Null where it reads all the time. */
  readonly #slowReader: SlowReader | null;
  #callOff: (() => void) | null = null;
  #isStable = false;
  /** When either side began to close it; null where the line was cut. */
  #closingAtMs: number | null = null;
  #reconnectAfterMs: number | null = null;
  #wasCut = false;

  constructor(options: {
    readonly index: number;
    readonly dueAtMs: number;
    /** Which try to come back after a cut it is, from 1; 0 for an attempt of the plan. */
    readonly retry?: number;
    readonly plan: LoadPlan;
    readonly clock: Clock;
    readonly tallies: BehaviourTallies;
    readonly reader: MessageReader;
    readonly messages: MessageTally;
  }) {
    this.index = options.index;
    this.#retry = options.retry ?? 0;
    this.#dueAtMs = options.dueAtMs;
    this.#plan = options.plan;
    this.#clock = options.clock;
    this.#reader = options.reader;
    this.#messages = options.messages;
    this.#sequences = options.plan.checksQuotes ? new SequenceTracker() : null;
    this.#initialMessages = new InitialMessages(options.plan.initialMessages, options.clock, (detail) => {
      this.#failure ??= failureOf('no-initial-message', { detail });
    });
    this.#behaviour = runBehaviour(options.plan.profile.whileOpen, {
      clock: options.clock,
      tallies: options.tallies,
      voice: this,
    });
    const { slowReaders } = options.plan.profile;
    this.#slowReader =
      slowReaders !== undefined && isSlowReader(slowReaders, options.index)
        ? new SlowReader(slowReaders, options.clock, this)
        : null;
  }

  /** Opens the connection; resolves when it is open or has failed. */
  async open(): Promise<void> {
    const { dials, settings } = this.#plan;
    const dial = dials[this.index % dials.length];
    if (dial === undefined) throw new Error('A load plan needs at least one dial.');
    const opening = await openConnection(
      dial,
      settings,
      this.#clock,
      this,
      localEndpointOf(this.#plan, { index: this.index, retry: this.#retry }),
    );
    this.#opening = opening;
    this.#callOff = null;
    if (opening.outcome === 'failed') {
      this.#closed.happen();
      this.#initialMessages.end();
      return;
    }
    this.#initialMessages.opened(opening.openedAtMs);
    if (!this.isOpen) return;
    this.#behaviour?.start();
    this.#slowReader?.start();
  }

  get isOpen(): boolean {
    return this.#opening?.outcome === 'opened' && this.#closedAtMs === null;
  }

  /** Why the opening failed, or null. */
  get openingFailure(): Failure | null {
    return this.#opening?.outcome === 'failed' && !this.#isAbandoned ? this.#opening.failure : null;
  }

  /** What went wrong after it had opened, so far; null: nothing. */
  get laterFailure(): Failure | null {
    return this.#failure;
  }

  get connectTimeMs(): number | null {
    return this.#opening?.outcome === 'opened'
      ? this.#opening.openedAtMs - this.#opening.phases.startedAtMs
      : null;
  }

  /** When the 101 was checked; null where there was none. */
  get openedAtMs(): number | null {
    return this.#opening?.outcome === 'opened' ? this.#opening.openedAtMs : null;
  }

  /** How it was lost; null while it is open, where it never was, and where it was left or cut by this side. */
  get loss(): { readonly atMs: number; readonly reconnectAfterMs: number | null } | null {
    if (this.#closedAtMs === null || this.#isLeaving) return null;
    return { atMs: this.#closingAtMs ?? this.#closedAtMs, reconnectAfterMs: this.#reconnectAfterMs };
  }

  /** Of the messages so far. */
  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  /** What its sequences showed; null where they were not checked, and where it did not read all the time. */
  get sequenceFindings(): SequenceFindings | null {
    return this.#slowReader === null ? (this.#sequences?.findings() ?? null) : null;
  }

  /** Resolves when the connection is closed or had never opened. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** It is closed, or had never opened: nothing more comes of it. */
  get isOver(): boolean {
    return this.#closed.hasHappened && this.#opening !== null;
  }

  /** Another number whenever something came of it that a metric may mean. */
  get stage(): number {
    return (
      (this.#opening === null ? 0 : 1) + (this.#initialMessages.isDecided ? 2 : 0) + (this.isOver ? 4 : 0)
    );
  }

  /**
   * The hold is over: resolves when it is known whether its initial messages arrived in time, and what its behaviour
   * waits for; at once where it never opened.
   */
  async conclude(): Promise<void> {
    await Promise.all([this.#initialMessages.decided, this.isOpen ? this.#behaviour?.conclude() : null]);
  }

  /** Calls off an opening that is not decided yet: what would have become of it is not known. */
  abandon(): void {
    if (this.#callOff === null) return;
    this.#isAbandoned = true;
    this.#callOff();
  }

  /** The hold is over: what is still open was stable. Closes with 1000; a server that does not answer is cut off. */
  async leave(): Promise<void> {
    this.#part((socket) => {
      socket.close(1_000);
    });
    await this.closed;
  }

  /** Cuts the line at once, without a close frame, before its planned end: that says nothing about its being stable. */
  cut(): void {
    this.#part((socket) => {
      socket.terminate();
    });
    if (!this.#isStable) return;
    this.#isStable = false;
    this.#wasCut = true;
  }

  send(text: string, onWriting?: () => void): void {
    (this.#opening as Opened).socket.send(text, onWriting);
  }

  ping(id: number, onWriting?: () => void): void {
    const payload = Buffer.allocUnsafe(4);
    payload.writeUInt32BE(id);
    (this.#opening as Opened).socket.ping(payload, onWriting);
  }

  stopReading(): void {
    (this.#opening as Opened).socket.stopReading();
  }

  readAgain(): void {
    (this.#opening as Opened).socket.readAgain();
  }

  onMessage(data: Buffer): void {
    const nowMs = this.#clock();
    const isFirst = this.messagesReceived === 0;
    this.messagesReceived += 1;
    this.#bytesReceived += data.length;
    this.#messages.received(data.length, nowMs, isFirst ? null : nowMs - this.#lastMessageAtMs);
    if (isFirst) this.#firstMessageAtMs = nowMs;
    this.#lastMessageAtMs = nowMs;
    this.#behaviour?.hearAnything(data);
    // Of a foreign server every message counts as an initial one; the reference server's are known by their type.
    let isInitial = true;
    if (this.#sequences !== null || this.#behaviour?.hearsMarket === true) {
      const message = this.#reader.read(data);
      this.#behaviour?.hear(message, nowMs);
      if (this.#sequences !== null) isInitial = this.#check(message, this.#sequences, nowMs);
    }
    if (isInitial) this.#initialMessages.receive();
  }

  onDialling(callOff: () => void): void {
    this.#callOff = callOff;
  }

  onPong(data: Buffer): void {
    if (data.length !== 4) return;
    const id = data.readUInt32BE();
    if (this.#slowReader?.hearPong(id) !== true) this.#behaviour?.hearPong(id);
  }

  onServerClosing(): void {
    this.#closingAtMs = this.#clock();
  }

  onClose(closeCode: number, brokenFrame: Failure | null): void {
    this.#closedAtMs = this.#clock();
    this.#initialMessages.end();
    if (!this.#isLeaving) {
      this.#behaviour?.stop(closeCode);
      this.#slowReader?.end(closeCode);
      const isReady = this.#initialMessages.readyAtMs !== null || this.#plan.initialMessages.count === 0;
      this.#failure ??= brokenFrame ?? failureOf(isReady ? 'dropped' : 'closed-before-ready', { closeCode });
    }
    this.#closed.happen();
  }

  /** What it received of each series; null where it never was ready, is still open, did not read all the time, or nothing was checked. */
  received(): ReceivedByConnection | null {
    const { readyAtMs } = this.#initialMessages;
    if (readyAtMs === null || this.#closedAtMs === null || this.#sequences === null) return null;
    if (this.#slowReader !== null) return null;
    const endedAtMs = this.#closingAtMs ?? this.#closedAtMs;
    return { readyAtMs, endedAtMs, ranges: this.#sequences.ranges() };
  }

  /** What has become of it, as data. */
  attempt(): ConnectionAttempt {
    const opening = this.#opening;
    const scheduled = {
      index: this.index,
      ...(this.#retry > 0 && { retry: this.#retry }),
      dueAtMs: this.#dueAtMs,
    };
    if (opening === null || this.#isAbandoned) return { ...scheduled, outcome: 'not-started' };
    if (opening.outcome === 'failed') {
      const { failedAtMs, failure, phases } = opening;
      return { ...scheduled, outcome: 'failed', startedAtMs: phases.startedAtMs, failedAtMs, failure };
    }
    return {
      ...scheduled,
      outcome: 'opened',
      ...opening.phases,
      openedAtMs: opening.openedAtMs,
      firstMessageAtMs: this.messagesReceived === 0 ? null : this.#firstMessageAtMs,
      readyAtMs: this.#initialMessages.readyAtMs,
      closedAtMs: this.#closedAtMs,
      messagesReceived: this.messagesReceived,
      bytesReceived: this.#bytesReceived,
      failure: this.#failure,
      stable: this.#isStable,
      ...(this.#wasCut && { wasCut: true }),
      ...(this.#behaviour?.conversation != null && { conversation: this.#behaviour.conversation }),
      ...(this.#slowReader !== null && { slowReading: this.#slowReader.outcome }),
    };
  }

  #part(end: (socket: OpenedSocket) => void): void {
    if (!this.isOpen || this.#isLeaving) return;
    const { socket } = this.#opening as Opened;
    // A server that has sent its close frame has ended the connection, even where it keeps the line.
    if (socket.isOpen) {
      this.#isLeaving = true;
      this.#isStable = true;
      this.#closingAtMs = this.#clock();
    }
    this.#behaviour?.stop(null);
    this.#slowReader?.end(null);
    this.#initialMessages.end();
    end(socket);
  }

  /** Looks into one of the reference server's messages and says whether it is one of the initial two. */
  #check(message: MarketMessage, sequences: SequenceTracker, nowMs: number): boolean {
    switch (message.type) {
      case 'quote': {
        const isNew = sequences.receive(message.quote, nowMs >= this.#plan.grid.warmUpMs);
        const isForFanOut = isNew && this.#initialMessages.readyAtMs !== null;
        this.#messages.quoteReceived(message.quote, nowMs, isForFanOut);
        return false;
      }
      case 'welcome':
        return true;
      case 'snapshot':
        for (const quote of message.quotes) sequences.startFrom(quote);
        return true;
      case 'reconnect':
        this.#reconnectAfterMs = message.afterMs;
        return false;
      case 'pong':
      case 'subscribed':
      case 'other':
        return false;
      default:
        return message satisfies never;
    }
  }
}
