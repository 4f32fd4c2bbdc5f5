import { startDateClock } from '../harness/connection/clock.ts';
import { readMachine } from '../session/machine.ts';
import { assertLimits } from './assert-limits.ts';
import type { BenchRecord } from './bench-record.ts';
import type { BenchForm, BenchPart } from './form.ts';
import { holdAgainstGoals, type Figures } from './goals.ts';
import { measureAccuracy, type AccuracyFigure } from './measure-accuracy.ts';
import { measureEcho, measurePaced } from './measure-messages.ts';
import { measureOpening, type OpeningFigure } from './measure-opening.ts';
import { measureScale, type ScaleFigure } from './measure-scale.ts';
import { watchNeighbours } from './watch-neighbours.ts';

const leftOut: readonly string[] = [
  'the naive loop at more connections than one process may have open files: it would need several processes.',
  'the start of `npm run perf` to the first dial: each session says it in its JSON report (startUpMs).',
  'k6, the C client and the other tools of the comparison: the naive loop is what is at hand in every checkout.',
];

/** What the benchmark wants to know and to tell while it runs. */
export interface RunBenchOptions {
  readonly form: BenchForm;
  /** What of it is measured. */
  readonly parts: readonly BenchPart[];
  /** Where each generator writes a CPU profile; null for none. */
  readonly profileFolder: string | null;
  readonly say: (line: string) => void;
}

const measure = async ({ form, parts, profileFolder, say }: RunBenchOptions): Promise<Figures> => {
  const sizesOf = (part: BenchPart, sizes: readonly number[]): readonly number[] =>
    parts.includes(part) ? sizes : [];
  const accuracy: AccuracyFigure[] = [];
  for (const connections of sizesOf('accuracy', form.accuracy.at)) {
    say(`truth of the connect time at ${String(connections)} connections …`);
    accuracy.push(await measureAccuracy(connections, form.accuracy.sittings, profileFolder));
  }
  const opening: OpeningFigure[] = [];
  for (const connections of sizesOf('opening', form.openingAt)) {
    say(`cost of opening ${String(connections)} connections …`);
    opening.push(await measureOpening(connections, form.sittings, profileFolder));
  }
  let messages: Figures['messages'] = null;
  if (parts.includes('messages')) {
    say('messages as fast as possible …');
    const echo = await measureEcho(form, profileFolder);
    say('messages at a fixed rate …');
    messages = { echo, paced: await measurePaced(form, profileFolder) };
  }
  const scale: ScaleFigure[] = [];
  for (const connections of sizesOf('scale', form.scale.at)) {
    say(`cost of holding ${String(connections)} connections by all agents together …`);
    scale.push(await measureScale(connections, form.scale, profileFolder));
  }
  return { accuracy, opening, messages, scale };
};

/**
 * Measures everything in one run.
 * @throws HarnessError LOCAL_LIMIT before the first dial when this machine can not carry it.
 */
export const runBench = async (options: RunBenchOptions): Promise<BenchRecord> => {
  const { form, parts } = options;
  const ofOneProcess = [
    ...(parts.includes('accuracy') ? form.accuracy.at : []),
    ...(parts.includes('opening') ? form.openingAt : []),
  ];
  await assertLimits(Math.max(0, ...ofOneProcess));
  const now = startDateClock();
  const startedAt = now().toISOString();
  const neighbours = await watchNeighbours();
  const figures = await measure(options);
  return {
    schema: 'ws-perf-gate/bench',
    version: 2,
    startedAt,
    finishedAt: now().toISOString(),
    form,
    parts,
    machine: await readMachine(),
    neighbourCpuShare: await neighbours(),
    figures,
    goals: holdAgainstGoals(figures),
    leftOut,
  };
};
