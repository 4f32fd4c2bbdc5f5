import type { Logger } from '../log.ts';

/** A refusal that was not repeated for so long says nothing about now. */
const REFUSAL_STANDS_MS = 3_000;

interface Refusal {
  readonly reason: string;
  readonly atMs: number;
}

/**
 * How a Redis stands: whether it answers, and what it refuses to do. Each change is said once in the log, not each command that
 * shows it.
 */
export class RedisStanding {
  readonly #logger: Logger;
  readonly #refusals = new Map<string, Refusal>();
  #isAway = false;
  #lastError = 'no connection yet';

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** The last that was heard of a Redis that is away. */
  get lastError(): string {
    return this.#lastError;
  }

  /** What it refused lately, in its own words; null: nothing. */
  get refusal(): string | null {
    const stillStandsAtMs = performance.now() - REFUSAL_STANDS_MS;
    const standing = [...this.#refusals].find(([, { atMs }]) => atMs >= stillStandsAtMs);
    return standing === undefined ? null : `${standing[0]} was refused: ${standing[1].reason}`;
  }

  /** It did not answer, or there is no connection. */
  away(error: unknown): void {
    this.#lastError = messageOf(error);
    if (this.#isAway) return;
    this.#isAway = true;
    this.#logger.warn({ reason: this.#lastError }, 'redis unavailable');
  }

  /** It carried out a command. */
  answered(command: string): void {
    this.#back();
    if (this.#refusals.delete(command)) this.#logger.info({ command }, 'redis accepts the command again');
  }

  /** It answered that it does not carry out a command. */
  refused(command: string, error: Error): void {
    this.#back();
    const reason = messageOf(error);
    const known = this.#refusals.get(command);
    this.#refusals.set(command, { reason, atMs: performance.now() });
    if (known === undefined || codeOf(known.reason) !== codeOf(reason))
      this.#logger.warn({ command, reason }, 'redis refuses a command');
  }

  #back(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#logger.info('redis available again');
  }
}

/** The first word of an error that Redis answers with names its kind: `OOM command not allowed …`. */
const codeOf = (reason: string): string => reason.split(' ', 1)[0] ?? '';

/** What an error says, or that Redis said nothing. */
export const messageOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : 'Redis does not answer';
