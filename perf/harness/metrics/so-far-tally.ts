import type { ConnectionAttempt } from '../connection/attempt.ts';
import * as metrics from './catalogue.ts';
import { Distribution, type EncodedDistribution } from './distribution.ts';
import { readerOf, type MetricSoFar, type Reading, type SoFar } from './so-far.ts';
import { isWarmUp } from './warm-up.ts';

/** An attempt as it goes on. */
export interface GoingAttempt {
  /** Another number whenever it may mean something new for a metric. */
  readonly stage: number;
  /** Nothing more comes of it. */
  readonly isOver: boolean;
  attempt(): ConnectionAttempt;
}

/** One metric's readings of those attempts for which they are settled. */
class SettledReadings {
  readonly #kind: 'trend' | 'rate';
  readonly #read: (attempt: ConnectionAttempt) => Reading;
  readonly #values = new Distribution();
  #hits = 0;
  #misses = 0;
  #settled = 0;

  constructor(kind: 'trend' | 'rate', read: (attempt: ConnectionAttempt) => Reading) {
    this.#kind = kind;
    this.#read = read;
  }

  /** Whether what the attempt means is settled now. */
  take(attempt: ConnectionAttempt): boolean {
    const reading = this.#read(attempt);
    if (reading === null) return false;
    this.#settled += 1;
    if (typeof reading === 'number') this.#values.record(reading);
    if (reading === true) this.#hits += 1;
    if (reading === false) this.#misses += 1;
    return true;
  }

  soFar(): MetricSoFar {
    return this.#kind === 'trend'
      ? { kind: 'trend', values: this.#values.encode(), settled: this.#settled }
      : { kind: 'rate', hits: this.#hits, misses: this.#misses, settled: this.#settled };
  }
}

/** What a load's metrics have come to, kept up as its attempts go on: each is looked at when something came of it. */
export class SoFarTally {
  readonly #names: readonly string[];
  readonly #warmUpMs: number;
  /** Without the warm-up, as the round trips are. */
  readonly #messages: () => number;
  readonly #roundTrip: () => EncodedDistribution;
  readonly #readings = new Map<string, SettledReadings>();
  readonly #going = new Map<
    GoingAttempt,
    { readonly stage: number; readonly open: readonly SettledReadings[] }
  >();

  /** `names` of metrics that can not be foreseen are left out. */
  constructor(
    names: readonly string[],
    load: {
      readonly warmUpMs: number;
      readonly messages: () => number;
      readonly roundTrip: () => EncodedDistribution;
    },
  ) {
    this.#names = names;
    this.#warmUpMs = load.warmUpMs;
    this.#messages = load.messages;
    this.#roundTrip = load.roundTrip;
    for (const name of names) {
      const reader = readerOf(name);
      if (reader !== null) this.#readings.set(name, new SettledReadings(reader.kind, reader.read));
    }
  }

  /** Looks at an attempt, unless nothing came of it since the last look; one that is over is looked at for the last time. */
  look(going: GoingAttempt): void {
    if (this.#readings.size === 0) return;
    const { stage } = going;
    const known = this.#going.get(going);
    if (known?.stage === stage) return;
    const attempt = going.attempt();
    if (isWarmUp(attempt, this.#warmUpMs)) return;
    const before = known?.open ?? [...this.#readings.values()];
    const open = before.filter((readings) => !readings.take(attempt));
    if (going.isOver) this.#going.delete(going);
    else this.#going.set(going, { stage, open });
  }

  soFar(): SoFar {
    const soFar: Record<string, MetricSoFar> = {};
    for (const name of this.#names) {
      const readings = this.#readings.get(name);
      if (readings !== undefined) soFar[name] = readings.soFar();
      else if (name === metrics.messagesReceived.name)
        soFar[name] = { kind: 'counter', count: this.#messages() };
      else if (name === metrics.roundTripTime.name)
        soFar[name] = { kind: 'trend', values: this.#roundTrip(), settled: null };
    }
    return soFar;
  }
}

/** What a load, or one agent's share of it, has come to. */
export interface LoadSoFar {
  readonly warmUpMs: number;
  readonly attempts: readonly ConnectionAttempt[];
  /** Messages and round trips without the warm-up. */
  readonly messages: number;
  readonly roundTrip: () => EncodedDistribution;
}

/** What the metrics of these names have come to; names that can not be foreseen are left out. */
export const readSoFar = ({ attempts, messages, ...load }: LoadSoFar, names: readonly string[]): SoFar => {
  const tally = new SoFarTally(names, { ...load, messages: () => messages });
  for (const attempt of attempts) tally.look({ stage: 0, isOver: true, attempt: () => attempt });
  return tally.soFar();
};
