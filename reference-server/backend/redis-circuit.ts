import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { isRefusal } from './redis-refusal.ts';

/** How a circuit stands: commands pass, none pass, or one is on its way that decides. */
export type CircuitStanding = 'closed' | 'half-open' | 'open';

/** When a circuit opens, for how long, and whom it tells. */
export interface RedisCircuitOptions {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** From its opening to the trial that may close it. */
  readonly openMs: number;
  readonly onChange: (standing: CircuitStanding) => void;
}

const standings: Readonly<Record<CircuitState, CircuitStanding>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/** A Redis that answers with an error is there: only silence and lost connections count. */
const isOutage = (error: unknown): boolean => !isRefusal(error);

/**
 * Spares a Redis that fails, and those who would wait for it: after some failures in a row commands are refused at once,
 * until a trial of the circuit's own, never a client's command, has shown that it answers again.
 */
export class RedisCircuit implements Disposable {
  readonly #options: RedisCircuitOptions;
  readonly #trial: () => Promise<unknown>;
  readonly #policy: CircuitBreakerPolicy;
  #trialTimer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(options: RedisCircuitOptions, trial: () => Promise<unknown>) {
    this.#options = options;
    this.#trial = trial;
    this.#policy = circuitBreaker(handleWhen(isOutage), {
      breaker: new ConsecutiveBreaker(options.failures),
      // When to try is decided by a timer here: the library asks the wall clock, which may be set back.
      halfOpenAfter: Number.NEGATIVE_INFINITY,
    });
    this.#policy.onStateChange(() => options.onChange(this.standing));
    this.#policy.onBreak(() => this.#tryLater());
  }

  get standing(): CircuitStanding {
    return standings[this.#policy.state];
  }

  /** Runs a command if the circuit is closed, and rejects at once if it is not. */
  async run<Reply>(command: () => Promise<Reply>): Promise<Reply> {
    if (this.#policy.state !== CircuitState.Closed)
      throw new Error('Redis is left alone until it answers again (its circuit is open)');
    return this.#policy.execute(command);
  }

  /** Tries now whether the circuit can close; does nothing when it is closed or being tried. */
  tryNow(): void {
    if (this.#isDisposed || this.#policy.state !== CircuitState.Open) return;
    clearTimeout(this.#trialTimer);
    this.#policy.execute(() => this.#answeredTrial()).catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#trialTimer);
  }

  /** In a trial any error counts: a Redis that is still loading its data can not be used yet. */
  async #answeredTrial(): Promise<void> {
    try {
      await this.#trial();
    } catch (error) {
      throw new Error('the trial failed', { cause: error });
    }
  }

  #tryLater(): void {
    if (this.#isDisposed) return;
    clearTimeout(this.#trialTimer);
    this.#trialTimer = setTimeout(() => this.tryNow(), this.#options.openMs);
    this.#trialTimer.unref();
  }
}
