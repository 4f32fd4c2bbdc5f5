import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import type { TestCase, TestSpecification } from 'vitest/node';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { PerfReporter } from './perf-reporter.ts';
import { Terminal } from './terminal.ts';
import { makeRecord } from './testing/make-record.ts';

const moduleOf = (name: string): { readonly moduleId: string } => ({
  moduleId: `/project/perf/${name}.perf.ts`,
});

/** A test of a file with several, as Vitest tells of it. */
const testOf = (title: string, state: 'passed' | 'skipped' | 'pending', perfRecords?: string[]): TestCase =>
  ({
    fullName: title,
    module: moduleOf('outage'),
    project: { config: { root: '/project' } },
    result: () => ({ state }),
    meta: () => ({ perfRecords }),
    diagnostic: () => undefined,
  }) as unknown as TestCase;

const redact = (text: string): string => text;

test('after a stop each test of a file is told with its own records, those that Vitest gave up too', async () => {
  const recordDirectory = await temporaryDirectory();
  const write = async (number: number, title: string): Promise<string> => {
    const runId = `session-outage-${String(number)}`;
    const scenario = { name: 'outage', title, file: 'perf/outage.perf.ts' };
    const file = join(recordDirectory, `${runId}.json`);
    await writeFile(file, JSON.stringify(makeRecord({ runId, scenario })));
    return file;
  };
  const stop = new AbortController();
  const rewritten: string[] = [];
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const reporter = new PerfReporter({
    settings: { sessionId: 'session', recordDirectory },
    terminal: new Terminal(nowhere, { redact, mayRedraw: false }),
    redact,
    colors: picocolors.createColors(false),
    stopped: stop.signal,
    rewriteRecord: (file, { scenarioEnding }) => {
      rewritten.push(`${basename(file)} ${scenarioEnding?.outcome ?? 'open'}`);
      return Promise.resolve();
    },
  });
  reporter.onTestRunStart([moduleOf('outage'), moduleOf('later')] as unknown as TestSpecification[]);
  const held = testOf('it stays', 'passed', [await write(1, 'it stays')]);
  const ended = testOf('it comes back', 'skipped');
  for (const one of [held, ended, testOf('it is slow', 'pending')]) reporter.onTestCaseReady(one);
  await reporter.onTestCaseResult(held);
  stop.abort();
  await reporter.onTestCaseResult(ended);
  await write(2, 'it comes back');
  await write(3, 'it is slow');
  await reporter.completeAfterStop();
  const { scenarios } = reporter.result();
  const told = scenarios.map(({ name, title, outcome, recordFiles }) => [
    `${name}: ${title}`,
    outcome,
    recordFiles.map((file) => basename(file)),
  ]);
  expect(told).toEqual([
    ['outage: it stays', 'met', ['session-outage-1.json']],
    ['outage: it comes back', 'stopped', ['session-outage-2.json']],
    ['outage: it is slow', 'stopped', ['session-outage-3.json']],
    ['later: not begun', 'stopped', []],
  ]);
  expect(rewritten.toSorted()).toEqual([
    'session-outage-1.json met',
    'session-outage-2.json stopped',
    'session-outage-3.json stopped',
  ]);
});
