import { failureOf } from '../../harness/connection/classify-failure.ts';
import type { Clock } from '../../harness/connection/clock.ts';
import type { ConnectionListener } from '../../harness/connection/connection-listener.ts';
import type { Dial, DialSettings } from '../../harness/connection/dial.ts';
import type { FailureReason } from '../../harness/connection/failure.ts';
import { openConnection } from '../../harness/connection/open-connection.ts';
import type { OpenedSocket } from '../../harness/connection/opened-socket.ts';
import { readMarketMessage } from '../../harness/load/market-messages.ts';

/** How long a ping may stay without an answer, ms. */
const answerWithinMs = 5_000;
const pingId = 1;
const normalClosure = 1_000;

/** What every operation on a server does. */
export interface OperationPlan {
  readonly settings: DialSettings;
  /** Waited for before the ping, so that nothing of the opening is in its round trip. */
  readonly initialMessages: { readonly count: number; readonly withinMs: number };
  /** `message`: the reference server's JSON ping. `frame`: a protocol ping (RFC 6455 §5.5.2). */
  readonly pingsVia: 'message' | 'frame';
}

/** What one operation gave; times in ms. */
export type OperationOutcome =
  | {
      readonly outcome: 'done';
      /** Start of the attempt → open. */
      readonly connectMs: number;
      /** Open → first message; null where none is expected. */
      readonly firstMessageMs: number | null;
      /** Ping sent → its answer received. */
      readonly roundTripMs: number;
      /** Messages received before the ping's answer, without those of the feed. */
      readonly messages: number;
    }
  | { readonly outcome: 'failed'; readonly reason: FailureReason };

/** One connection of one operation: what it waits for, one thing after another. */
class Conversation implements ConnectionListener {
  readonly closed = Promise.withResolvers<void>();
  readonly ready = Promise.withResolvers<void>();
  readonly answered = Promise.withResolvers<void>();
  /** What came before the ping's answer; read when nothing is timed any more. */
  readonly received: Buffer[] = [];
  firstMessageAtMs: number | null = null;
  answeredAtMs: number | null = null;
  isClosed = false;
  #missing: number;
  readonly #clock: Clock;

  constructor(initialMessages: number, clock: Clock) {
    this.#missing = initialMessages;
    this.#clock = clock;
    if (initialMessages === 0) this.ready.resolve();
  }

  get isReady(): boolean {
    return this.#missing <= 0;
  }

  onMessage(data: Buffer): void {
    this.firstMessageAtMs ??= this.#clock();
    if (this.answeredAtMs === null) this.received.push(data);
    if (this.#missing > 0) {
      this.#missing -= 1;
      if (this.#missing === 0) this.ready.resolve();
      return;
    }
    const message = readMarketMessage(data);
    if (message.type === 'pong' && message.id === pingId) this.#answer();
  }

  onPong(): void {
    this.#answer();
  }

  onClose(): void {
    this.isClosed = true;
    this.ready.resolve();
    this.answered.resolve();
    this.closed.resolve();
  }

  #answer(): void {
    this.answeredAtMs ??= this.#clock();
    this.answered.resolve();
  }
}

const within = async (event: Promise<void>, limitMs: number): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  await Promise.race([event, promise]);
  clearTimeout(timer);
};

/** How many messages there were, quotes and pongs aside: a quote comes whenever it is published. */
const countMessages = (received: readonly Buffer[], via: OperationPlan['pingsVia']): number =>
  via === 'frame'
    ? received.length
    : received.filter((data) => !['quote', 'pong'].includes(readMarketMessage(data).type)).length;

const ping = (socket: OpenedSocket, via: OperationPlan['pingsVia']): void => {
  if (via === 'frame') socket.ping(Buffer.from([0, 0, 0, pingId]));
  else socket.send(JSON.stringify({ type: 'ping', id: pingId, sentAt: Date.now() }));
};

const converse = async (
  conversation: Conversation,
  socket: OpenedSocket,
  { initialMessages, pingsVia }: OperationPlan,
  clock: Clock,
): Promise<{ readonly roundTripMs: number } | { readonly reason: FailureReason }> => {
  await within(conversation.ready.promise, initialMessages.withinMs);
  if (conversation.isClosed) return { reason: conversation.isReady ? 'dropped' : 'closed-before-ready' };
  if (!conversation.isReady) return { reason: 'no-initial-message' };
  const sentAtMs = clock();
  ping(socket, pingsVia);
  await within(conversation.answered.promise, answerWithinMs);
  // A server that never answers a ping on an open connection has dropped it in all but name.
  return conversation.answeredAtMs === null
    ? { reason: failureOf('dropped', {}).reason }
    : { roundTripMs: conversation.answeredAtMs - sentAtMs };
};

/**
 * One operation on one server, alone: opens a connection, waits for its initial messages, times one ping, closes and
 * waits until it is closed. It never throws for what the server does.
 */
export const runOperation = async (
  dial: Dial,
  plan: OperationPlan,
  clock: Clock,
): Promise<OperationOutcome> => {
  const conversation = new Conversation(plan.initialMessages.count, clock);
  const opening = await openConnection(dial, plan.settings, clock, conversation);
  if (opening.outcome === 'failed') return { outcome: 'failed', reason: opening.failure.reason };
  const { socket, openedAtMs, phases } = opening;
  const said = await converse(conversation, socket, plan, clock);
  if (!conversation.isClosed) {
    socket.close(normalClosure);
    await conversation.closed.promise;
  }
  if ('reason' in said) return { outcome: 'failed', reason: said.reason };
  return {
    outcome: 'done',
    connectMs: openedAtMs - phases.startedAtMs,
    firstMessageMs:
      conversation.firstMessageAtMs === null ? null : Math.max(0, conversation.firstMessageAtMs - openedAtMs),
    roundTripMs: said.roundTripMs,
    messages: countMessages(conversation.received, plan.pingsVia),
  };
};
