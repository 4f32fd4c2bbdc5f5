import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { exitCodes } from './cli/exit-code.ts';
import { runCommand } from './cli/testing/run-command.ts';
import { table } from './reports/table.ts';

// PERF_TIMES   how often in a row each scenario tagged resilience has to keep its promises, 10

const root = fileURLToPath(new URL('..', import.meta.url));
const times = Number(process.env['PERF_TIMES'] ?? 10);
/** A busy machine makes some runs inconclusive; they say nothing about the server and are repeated. */
const mostRuns = 2 * times;
const longestRunMs = 180_000;

interface Row {
  readonly name: string;
  kept: number;
  inconclusive: number;
  /** Exit code of the run that ended the row, where one did. */
  endedWith: number | null;
  readonly seconds: number[];
}

const rows: Row[] = [];

const listed = await runCommand(['run', '--list', '--tags', 'resilience'], { cwd: root });
const names = [
  ...new Set(
    listed.stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0] ?? ''),
  ),
];

test.for(names)(
  `%s keeps its promises ${String(times)} times in a row`,
  { timeout: mostRuns * longestRunMs },
  async (name) => {
    const row: Row = { name, kept: 0, inconclusive: 0, endedWith: null, seconds: [] };
    rows.push(row);
    for (let run = 0; run < mostRuns && row.kept < times; run += 1) {
      const startedAtMs = performance.now();
      const { exitCode, stdout } = await runCommand(['run', name, '--target', 'process'], { cwd: root });
      row.seconds.push((performance.now() - startedAtMs) / 1_000);
      if (exitCode === exitCodes.met) row.kept += 1;
      else if (exitCode === exitCodes.inconclusive) row.inconclusive += 1;
      else row.endedWith = exitCode;
      expect([exitCodes.met, exitCodes.inconclusive], stdout).toContain(exitCode);
    }
    expect(row.kept).toBe(times);
  },
);

afterAll(() => {
  const columns = [
    { title: 'Scenario', align: 'left' },
    { title: 'kept', align: 'right' },
    { title: 'inconclusive', align: 'right' },
    { title: 'ended with', align: 'left' },
    { title: 'seconds a run', align: 'right' },
  ] as const;
  const cells = rows.map(({ name, kept, inconclusive, endedWith, seconds }) => [
    name,
    `${String(kept)} of ${String(times)}`,
    String(inconclusive),
    endedWith === null ? '' : `exit code ${String(endedWith)}`,
    (seconds.reduce((sum, one) => sum + one, 0) / seconds.length).toFixed(1),
  ]);
  console.log(table(columns, cells).join('\n'));
});
