import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestCase } from 'vitest/node';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { collectLostScenario } from './collect-scenario.ts';
import { makeRecord } from './testing/make-record.ts';

const scenario = { name: 'outage', title: 'outage > it comes back', file: 'perf/outage.perf.ts' };
const testCase = {
  fullName: scenario.title,
  module: { moduleId: '/project/perf/outage.perf.ts' },
  project: { config: { root: '/project' } },
} as unknown as TestCase;

test('of a scenario that was lost its own records are kept, and none of another test or file', async () => {
  const folder = await temporaryDirectory();
  const write = async (runId: string, of: Partial<typeof scenario>): Promise<string> => {
    const file = join(folder, `${runId}.json`);
    await writeFile(file, JSON.stringify(makeRecord({ runId, scenario: { ...scenario, ...of } })));
    return file;
  };
  const halfWritten = join(folder, 'half.json');
  await writeFile(halfWritten, '{"schema');
  const others = [
    await write('session-outage-1', { title: 'outage > it stays' }),
    await write('session-outage-3', { file: 'elsewhere/outage.perf.ts' }),
    halfWritten,
  ];
  const own = await write('session-outage-2', {});
  expect(await collectLostScenario(testCase, [...others, own], false)).toMatchObject({
    ...scenario,
    outcome: 'not-measured',
    records: [{ runId: 'session-outage-2' }],
    recordFiles: [own],
    errors: [{ message: expect.stringContaining('is kept') as string }],
  });
  expect(await collectLostScenario(testCase, others, false)).toMatchObject({
    records: [],
    recordFiles: [],
    errors: [{ message: expect.stringContaining('It left no record') as string }],
  });
});
