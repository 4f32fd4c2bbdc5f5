import { readMachine } from '../session/machine.ts';
import { assertLimits } from './assert-limits.ts';
import type { BenchRecord } from './bench-record.ts';
import type { BenchForm } from './form.ts';
import { holdAgainstGoals, type Figures } from './goals.ts';
import { measureAccuracy, type AccuracyFigure } from './measure-accuracy.ts';
import { measureEcho, measurePaced } from './measure-messages.ts';
import { measureOpening, type OpeningFigure } from './measure-opening.ts';
import { watchNeighbours } from './watch-neighbours.ts';

const leftOut = [
  'scaling to 50,000 connections, which needs several agents and several servers (20,000 open files a process).',
  'the start of `npm run perf` to the first dial.',
  'k6, the C client and the other tools of the comparison: the naive loop is what is at hand in every checkout.',
];

/** What the benchmark wants to know and to tell while it runs. */
export interface RunBenchOptions {
  readonly form: BenchForm;
  /** Where each generator writes a CPU profile; null for none. */
  readonly profileFolder: string | null;
  readonly say: (line: string) => void;
}

const measure = async ({ form, profileFolder, say }: RunBenchOptions): Promise<Figures> => {
  const accuracy: AccuracyFigure[] = [];
  for (const connections of form.accuracyAt) {
    say(`truth of the connect time at ${String(connections)} connections …`);
    accuracy.push(await measureAccuracy(connections, form.sittings, profileFolder));
  }
  const opening: OpeningFigure[] = [];
  for (const connections of form.openingAt) {
    say(`cost of opening ${String(connections)} connections …`);
    opening.push(await measureOpening(connections, form.sittings, profileFolder));
  }
  say('messages as fast as possible …');
  const echo = await measureEcho(form, profileFolder);
  say('messages at a fixed rate …');
  return { accuracy, opening, echo, paced: await measurePaced(form, profileFolder) };
};

/**
 * Measures everything in one run.
 * @throws HarnessError LOCAL_LIMIT before the first dial when this machine can not carry it.
 */
export const runBench = async (options: RunBenchOptions): Promise<BenchRecord> => {
  const { form } = options;
  await assertLimits(Math.max(...form.accuracyAt, ...form.openingAt));
  const startedAt = new Date().toISOString();
  const neighbours = await watchNeighbours();
  const figures = await measure(options);
  return {
    schema: 'ws-perf-gate/bench',
    version: 1,
    startedAt,
    finishedAt: new Date().toISOString(),
    form,
    machine: await readMachine(),
    neighbourCpuShare: await neighbours(),
    figures,
    goals: holdAgainstGoals(figures),
    leftOut,
  };
};
