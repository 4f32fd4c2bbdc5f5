import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { keepHistoryRecord } from './keep-history-record.ts';
import type { HistoryRecord } from './history-record.ts';
import { historyDirectory, listLocalRecords } from './local-records.ts';
import { pullHistory } from './pull-history.ts';
import { pushHistory } from './push-history.ts';
import { readHistory } from './read-history.ts';
import { makeHub } from './testing/make-clones.ts';
import { makeComparisonRecord, makeScenariosRecord } from './testing/make-history-record.ts';

const recordCount = 10_000;
const metricsOfScenario = 20;
const metricsOfComparison = 8;

/** As large as the record of a real run of one scenario, and of a comparison. */
const makeFullRecord = (index: number): HistoryRecord => {
  if (index % 2 === 1) {
    const comparison = makeComparisonRecord({ index });
    const metrics = Array.from({ length: metricsOfComparison }, () => comparison.metrics).flat();
    return { ...comparison, metrics };
  }
  const record = makeScenariosRecord({ index });
  return {
    ...record,
    scenarios: record.scenarios.map((scenario) => {
      const metrics = Array.from({ length: metricsOfScenario }, () => scenario.metrics).flat();
      return Object.assign(scenario, { metrics: metrics.slice(0, metricsOfScenario) });
    }),
  };
};

const fill = (directory: string): void => {
  for (let index = 0; index < recordCount; index += 1) keepHistoryRecord(directory, makeFullRecord(index));
};

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const costOf = async (work: () => Promise<unknown>): Promise<Cost> => {
  const startedAtMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedAtMs, cpuMs: (user + system) / 1_000 };
};

const inWords = ({ wallMs, cpuMs }: Cost): string =>
  `${wallMs.toFixed(0)} ms (${cpuMs.toFixed(0)} ms of processor time)`;

/** The least that reading can cost: every file, one after another, parsed and not looked at. */
const readBarely = async (directory: string): Promise<void> => {
  for (const path of await listLocalRecords(directory))
    JSON.parse(readFileSync(join(directory, path), 'utf8'));
};

test('reading 10,000 records, each checked, costs at most four times what bare parsing costs', async () => {
  const directory = await temporaryDirectory();
  fill(directory);
  const ratios: number[] = [];
  for (let sitting = 0; sitting < 5; sitting += 1) {
    const bare = await costOf(() => readBarely(directory));
    const checked = await costOf(() => readHistory(directory));
    console.log(`10,000 records: checked in ${inWords(checked)}, barely read in ${inWords(bare)}`);
    ratios.push(checked.cpuMs / bare.cpuMs);
  }
  expect(median(ratios)).toBeLessThan(4);
  expect((await readHistory(directory)).records).toHaveLength(recordCount);
});

test('10,000 records are pushed in one commit and pulled by another clone', async () => {
  const hub = await makeHub();
  const [here, there] = [await hub.clone('here'), await hub.clone('there', '--depth=1')];
  fill(historyDirectory(here));
  const pushed = await costOf(() =>
    pushHistory(
      { cwd: here, remote: 'origin', branch: 'perf-data' },
      { directory: historyDirectory(here), policy: null },
    ),
  );
  const pulled = await costOf(() =>
    pullHistory({ cwd: there, remote: 'origin', branch: 'perf-data' }, historyDirectory(there)),
  );
  console.log(`10,000 records: pushed in ${inWords(pushed)}, pulled in ${inWords(pulled)}`);
  expect(await listLocalRecords(historyDirectory(there))).toEqual(
    await listLocalRecords(historyDirectory(here)),
  );
});
