import { Redis } from 'ioredis';
import type { Logger } from '../log.ts';
import { answeredInTime } from './answered-in-time.ts';
import { RedisCircuit, type CircuitStanding, type RedisCircuitOptions } from './redis-circuit.ts';
import { isRefusal, isScriptUnknown } from './redis-refusal.ts';
import type { RedisScript } from './redis-script.ts';
import { messageOf, RedisStanding } from './redis-standing.ts';

/**
 * For what ioredis sends on its own account, such as the check after connecting. It holds for all other commands as well, and
 * counts the time in which this process was held up: longer than any stall that Redis is not to be blamed for.
 */
const COMMAND_TIMEOUT_MS = 30_000;
const UNANSWERED_CHECKS_BEFORE_RECONNECT = 3;
const CONNECT_TIMEOUT_MS = 2_000;
const LONGEST_RECONNECT_WAIT_MS = 500;
const CHECK_INTERVAL_MS = 1_000;

/** Called with the duration of each command that Redis answered. */
export type CommandObserver = (command: string, durationMs: number) => void;

/** What a link needs to know. */
export interface RedisLinkOptions {
  readonly url: string;
  readonly logger: Logger;
  readonly onCommand: CommandObserver;
  readonly circuit: RedisCircuitOptions;
  /** How long a command may wait for its answer. */
  readonly answerMs: number;
  /** False: a connection that was lost is not made anew. */
  readonly reconnects: boolean;
}

/** Two connections to one Redis, for commands and for messages, that come back by themselves and on which nothing waits for ever. */
export class RedisLink {
  readonly #commands: Redis;
  readonly #messages: Redis;
  readonly #options: RedisLinkOptions;
  readonly #circuit: RedisCircuit;
  readonly #checks: NodeJS.Timeout;
  readonly #standing: RedisStanding;
  #isClosed = false;
  #unansweredChecks = 0;
  #isListening = false;
  #subscriptions = 0;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#standing = new RedisStanding(options.logger);
    this.#circuit = new RedisCircuit(options.circuit, () => this.#send('ping', (client) => client.ping()));
    this.#commands = this.#connect('commands');
    this.#commands.on('ready', () => this.#circuit.tryNow());
    this.#messages = this.#connect('messages');
    this.#checks = setInterval(() => void this.#check(), CHECK_INTERVAL_MS);
    this.#checks.unref();
  }

  /** Waits until Redis answers, but no longer than one connection attempt takes; false when it does not. */
  async isReady(): Promise<boolean> {
    if (this.#commands.status !== 'ready') await settledOnce(this.#commands);
    return this.#commands.status === 'ready';
  }

  /** Calls `listener` with each message of a channel, also after a reconnection; resolves once messages arrive, or can not for now. */
  async listen(channel: string, listener: (message: string) => void): Promise<void> {
    this.#messages.on('message', (from: string, message: string) => {
      if (from === channel) listener(message);
    });
    this.#messages.on('close', () => {
      this.#isListening = false;
    });
    this.#messages.on('ready', () => void this.#subscribe(channel));
    const isUndecided = this.#messages.status === 'connecting' || this.#messages.status === 'connect';
    if (isUndecided) await settledOnce(this.#messages);
    if (this.#messages.status === 'ready') await this.#subscribe(channel);
  }

  /** Whether what is published now will be heard here. */
  get isListening(): boolean {
    return this.#isListening;
  }

  /** How often listening has begun, the first time included: what was said between two of them was not heard. */
  get subscriptions(): number {
    return this.#subscriptions;
  }

  get circuit(): CircuitStanding {
    return this.#circuit.standing;
  }

  /** What a Redis that answers refused lately, in its own words; null: nothing. */
  get refusal(): string | null {
    return this.#standing.refusal;
  }

  /** Runs a command and observes how long Redis took; rejects at once while Redis is away or its circuit is not closed. */
  timed<Reply>(command: string, send: (client: Redis) => Promise<Reply>): Promise<Reply> {
    return this.#circuit.run(() => this.#send(command, send));
  }

  /** As `timed`, for those who only look: a failure of theirs is none to the circuit. Rejects at once unless that is closed. */
  looked<Reply>(command: string, send: (client: Redis) => Promise<Reply>): Promise<Reply> {
    return this.circuit === 'closed'
      ? this.#send(command, send)
      : Promise.reject(new Error(`the circuit around Redis is ${this.circuit}`));
  }

  /** Runs a script by its hash, sending its text only when Redis does not know it. */
  async run(
    script: RedisScript,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    try {
      return await this.timed(script.name, (client) =>
        client.evalsha(script.sha1, keys.length, ...keys, ...args),
      );
    } catch (error) {
      if (!isScriptUnknown(error)) throw error;
      return await this.timed(script.name, (client) =>
        client.eval(script.lua, keys.length, ...keys, ...args),
      );
    }
  }

  /** Resolves when Redis answers; otherwise rejects with the reason. */
  async ping(): Promise<void> {
    try {
      await this.timed('ping', (client) => client.ping());
    } catch (error) {
      // "Stream isn't writeable" and an open circuit say less than what happened to Redis.
      const isItsOwnAnswer = this.#commands.status === 'ready' && this.circuit === 'closed';
      throw new Error(isItsOwnAnswer ? messageOf(error) : this.#standing.lastError, { cause: error });
    }
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#checks);
    this.#circuit[Symbol.dispose]();
    this.#commands.disconnect();
    this.#messages.disconnect();
  }

  #connect(purpose: string): Redis {
    const client = new Redis(this.#options.url, {
      connectionName: `ws-perf-gate:${purpose}`,
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: (attempt) =>
        this.#options.reconnects ? Math.min(attempt * 50, LONGEST_RECONNECT_WAIT_MS) : null,
      // A command that can not be sent now fails now: waiting for Redis would hold up a handshake.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
    });
    client.on('error', (error: Error) => this.#noteAway(error));
    client.on('close', () => {
      // Where an error came before it, that one tells the reason.
      if (!this.#standing.isAway) this.#noteAway(new Error('Redis closed the connection'));
    });
    return client;
  }

  async #send<Reply>(command: string, send: (client: Redis) => Promise<Reply>): Promise<Reply> {
    const startedAtMs = performance.now();
    try {
      const reply = await answeredInTime(send(this.#commands), this.#options.answerMs);
      this.#options.onCommand(command, performance.now() - startedAtMs);
      this.#standing.answered(command);
      return reply;
    } catch (error) {
      if (isRefusal(error)) {
        if (!isScriptUnknown(error)) this.#standing.refused(command, error);
      } else if (this.#commands.status === 'ready') {
        // While there is no connection its own errors tell the reason better than a command that could not be sent.
        this.#noteAway(error);
      }
      throw error;
    }
  }

  async #subscribe(channel: string): Promise<void> {
    try {
      await this.#messages.subscribe(channel);
      // It may be asked for twice at the start.
      if (!this.#isListening) this.#subscriptions += 1;
      this.#isListening = true;
    } catch (error) {
      this.#noteAway(error);
      if (this.#messages.status === 'ready') this.#messages.disconnect(true);
    }
  }

  /** A connection whose other end silently vanished is noticed only by asking it something. */
  async #check(): Promise<void> {
    await this.ping().catch(() => undefined);
    if (this.#messages.status !== 'ready') return;
    try {
      await answeredInTime(this.#messages.ping(), this.#options.answerMs);
      this.#unansweredChecks = 0;
    } catch {
      this.#unansweredChecks += 1;
      // Reconnecting loses the quotes of that moment, so one late answer is not enough.
      if (this.#unansweredChecks < UNANSWERED_CHECKS_BEFORE_RECONNECT) return;
      this.#unansweredChecks = 0;
      if (this.#messages.status === 'ready') this.#messages.disconnect(true);
    }
  }

  #noteAway(error: unknown): void {
    if (!this.#isClosed) this.#standing.away(error);
  }
}

/** Waits until a connection attempt succeeded or failed. */
const settledOnce = async (client: Redis): Promise<void> => {
  const settled = Promise.withResolvers<void>();
  const timer = setTimeout(settled.resolve, CONNECT_TIMEOUT_MS);
  for (const event of ['ready', 'close'] as const) client.once(event, settled.resolve);
  await settled.promise;
  clearTimeout(timer);
};
