import type { Alternation } from './look-plan.ts';

/** The smallest change that fails, and the largest that passes, as ratios of the worse to the better side less one. */
export interface Limits {
  readonly minimumRatio: number;
  readonly toleranceRatio: number;
}

/** A quantity that base and head are compared in, one value a side and block. */
export interface ComparedMetric {
  /** What `--gate` takes. */
  readonly name: string;
  /** As reports write it: `connect p50`. */
  readonly title: string;
  readonly unit: 'ms' | 'KiB' | 'operations/s';
  readonly better: 'lower' | 'higher';
  /** How head is when it is worse: 7 % `slower`. */
  readonly worse: string;
  /** What a pass rules out: `a slowdown` of 5 %. */
  readonly loss: string;
  readonly alternation: Alternation;
  readonly limits: Limits;
  /** `default`: gated unless others are named; `named`: gated when named; `never`: reported only. */
  readonly gates: 'default' | 'named' | 'never';
  /** Where it is read: at the client, or of the server's process or container, which a server given by address hides. */
  readonly seenAt: 'client' | 'server';
}

const ofOperations: Limits = { minimumRatio: 0.03, toleranceRatio: 0.05 };
const ofTails: Limits = { minimumRatio: 0.15, toleranceRatio: 0.25 };
const ofSlices: Limits = { minimumRatio: 0.05, toleranceRatio: 0.1 };

const time = (
  name: string,
  title: string,
  gates: ComparedMetric['gates'],
  limits: Limits,
): ComparedMetric => ({
  name,
  title,
  unit: 'ms',
  better: 'lower',
  worse: 'slower',
  loss: 'a slowdown',
  alternation: 'operations',
  limits,
  gates,
  seenAt: 'client',
});
const cost = (
  name: string,
  title: string,
  unit: ComparedMetric['unit'],
  gates: ComparedMetric['gates'],
): ComparedMetric => ({
  ...time(name, title, gates, ofOperations),
  unit,
  worse: 'higher',
  loss: 'an increase',
  seenAt: 'server',
});
const yieldOf = (name: string, title: string, unit: ComparedMetric['unit']): ComparedMetric => ({
  name,
  title,
  unit,
  better: 'higher',
  worse: 'lower',
  loss: 'a drop',
  alternation: 'slices',
  limits: ofSlices,
  gates: 'named',
  seenAt: 'client',
});

/** All metrics that a comparison knows, in the order reports use. */
export const comparedMetrics: readonly ComparedMetric[] = [
  time('connect', 'connect p50', 'default', ofOperations),
  time('ping', 'ping round trip p50', 'default', ofOperations),
  cost('server-cpu', 'server CPU per operation', 'ms', 'default'),
  time('first-message', 'first message p50', 'named', ofOperations),
  time('connect-p95', 'connect p95', 'named', ofTails),
  time('ping-p95', 'ping round trip p95', 'named', ofTails),
  time('connect-p99', 'connect p99', 'never', ofTails),
  time('ping-p99', 'ping round trip p99', 'never', ofTails),
  cost('memory', 'bytes per open connection', 'KiB', 'named'),
  yieldOf('throughput', 'throughput', 'operations/s'),
];
