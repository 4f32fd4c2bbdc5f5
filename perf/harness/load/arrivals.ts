/** How connections arrive, and with it when each is planned to leave. Plain data. */
export type Arrivals =
  /**
   * One attempt after another with a fixed delay between their starts; all stay open together until the hold is over.
   *
   *     open │        ┌──── hold ────┐
   *          │     ┌──┘              │
   *          │  ┌──┘                 │
   *          └──┴────────────────────┴─ time
   */
  | { readonly kind: 'ramp'; readonly connections: number; readonly delayMs: number }
  /**
   * All at one instant, once or again every so often; those of one burst are held together.
   *
   *     open │  ┌─ hold ─┐     ┌─ hold ─┐
   *          │  │        │     │        │
   *          │  │        │     │        │
   *          └──┴────────┴─────┴────────┴─ time
   *             ├──── every ───┤
   */
  | {
      readonly kind: 'burst';
      readonly connections: number;
      readonly bursts: number;
      /** Between the beginnings of two bursts. */
      readonly everyMs: number;
    }
  /**
   * A fixed number of attempts a second, whatever the answers do; each connection lives for the hold and is closed.
   *
   *     open │     ┌───────────────┐
   *          │   ╱                   ╲
   *          │ ╱                       ╲
   *          └─────────────────────────── time
   */
  | {
      readonly kind: 'constant-arrival-rate';
      readonly attemptsPerSecond: number;
      readonly durationMs: number;
    }
  /**
   * Attempts a second that change in a straight line from stage to stage, whatever the answers do; each connection
   * lives for the hold and is closed.
   *
   *     attempts/s │      ╱‾‾‾‾‾‾╲
   *                │    ╱          ╲
   *                │  ╱              ╲
   *                └────────────────────── time
   *                   ├ 1 ┤  2  ┤ 3 ┤
   */
  | {
      readonly kind: 'ramping-arrival-rate';
      readonly startAttemptsPerSecond: number;
      readonly stages: readonly RateStage[];
    }
  /**
   * The number of open connections rises by steps, each held for the same time; all leave after the last.
   *
   *     open │           ┌──────┐
   *          │    ┌──────┘      │
   *          │ ┌──┘ step        │
   *          └─┴────────────────┴─ time
   */
  | {
      readonly kind: 'steps';
      readonly connectionsPerStep: number;
      readonly steps: number;
      /** From the beginning of a step to that of the next. */
      readonly stepMs: number;
      /** Between the starts of two attempts of a step. */
      readonly delayMs: number;
    }
  /**
   * A base load, onto which many connections come at once for a while; the base stays before, during and after.
   *
   *     open │        ┌───┐
   *          │        │   │ spike
   *          │  ┌─────┘   └──────┐ base
   *          └──┴────────────────┴─ time
   */
  | {
      readonly kind: 'spike';
      readonly baseConnections: number;
      /** Between the starts of two attempts of the base. */
      readonly delayMs: number;
      readonly spikeConnections: number;
      /** From the start of the load to the spike. */
      readonly beforeMs: number;
      readonly spikeMs: number;
      /** From the end of the spike to that of the load. */
      readonly afterMs: number;
    }
  /**
   * A number of places, each taken by one connection after another: every connection lives for a drawn time, and the
   * next is due when that life is planned to end, whatever became of it. All follows from the seed.
   *
   *     place 1 │ ├──────┤├──┤├─────────┤
   *     place 2 │  ├──┤├────────┤├──────┤
   *     place 3 │   ├────────┤├──┤├─────┤
   *             └───────────────────────── time
   */
  | {
      readonly kind: 'churn';
      /** Places: how many connections are open at any time. */
      readonly connections: number;
      /** Between the first attempts of two places. */
      readonly delayMs: number;
      /** From the start of the load to its end. */
      readonly durationMs: number;
      readonly life: LifeTime;
      readonly seed: number;
    }
  /**
   * All connections are cut at one instant, without a close frame, as when a network fails; each then tries to come
   * back, after waits that grow and are drawn by chance.
   *
   *     open │   ┌─ hold ─┐    .──── hold ──┐
   *          │  ╱         │   ╱             │
   *          │ ╱          │ .´              │
   *          └────────────┴─────────────────┴─ time
   *                     cut
   */
  | {
      readonly kind: 'reconnect-storm';
      readonly connections: number;
      readonly delayMs: number;
      /** From the start of the load to the cut. */
      readonly cutAfterMs: number;
      readonly backoff: Backoff;
      readonly seed: number;
    }
  /**
   * All stay to the end; whoever the server ends comes back, when its `reconnect` message says, else after a drawn wait.
   *
   *     open │   ┌───╲  ╱───╲  ╱──┐
   *          │  ╱     ╲╱     ╲╱   │
   *          │ ╱                  │
   *          └────────────────────┴─ time
   *                   restarts
   */
  | {
      readonly kind: 'returning';
      readonly connections: number;
      readonly delayMs: number;
      /** From the start of the load to its end. */
      readonly durationMs: number;
      readonly backoff: Backoff;
      readonly seed: number;
    };

/** A stretch over which the rate of attempts changes in a straight line to the one given. */
export interface RateStage {
  readonly attemptsPerSecond: number;
  readonly durationMs: number;
}

/** How long a connection lives: drawn anew for each. */
export type LifeTime =
  /** Most lives are short and a few are very long; how long one has lasted says nothing about how long it will. */
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'uniform'; readonly minimumMs: number; readonly maximumMs: number };

/** How a client that lost its connection waits before each try to come back, and when it gives up. */
export interface Backoff {
  /** The longest wait before the first try; it doubles with every further one. */
  readonly baseMs: number;
  /** No wait is longer. */
  readonly capMs: number;
  /** Tries at most. */
  readonly tries: number;
  /** No try begins later than this after the cut. */
  readonly withinMs: number;
}
