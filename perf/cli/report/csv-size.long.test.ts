import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { AttemptLine } from '../../harness/record/attempt-line.ts';
import { makeRecord } from '../../reports/testing/make-record.ts';
import { runCommand } from '../testing/run-command.ts';

const attempt = (index: number): AttemptLine => ({
  index,
  dueAtMs: index,
  outcome: 'opened',
  startedAtMs: index + 0.25,
  dnsResolvedAtMs: null,
  tcpConnectedAtMs: index + 1.25,
  tlsDoneAtMs: null,
  openedAtMs: index + 11.125,
  firstMessageAtMs: index + 12.25,
  readyAtMs: index + 13.25,
  closedAtMs: index + 2_000,
  messagesReceived: 2,
  bytesReceived: 300,
  failure: { reason: 'dropped', status: null, closeCode: 1001, detail: `gone, "${String(index)}"` },
  stable: false,
});

// The command itself says, as it ends, how much memory it had at most.
const tellMemory =
  'process.on("exit",()=>process.stderr.write(`maxRSS=${String(process.resourceUsage().maxRSS)}\\n`))';

// Given room, V8 puts collecting off: that is what would be measured. In a small heap what piles up does not fit.
const smallHeap = '--max-semi-space-size=2 --max-old-space-size=40';

/** Renders a CSV of so many attempts, and gives its lines and the most memory that the command took, in KiB. */
const renderRows = async (rows: number): Promise<{ readonly lines: number; readonly memoryKiB: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'csv-size-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const attempts = (function* () {
    for (let index = 0; index < rows; index += 1) yield `${JSON.stringify(attempt(index))}\n`;
  })();
  await pipeline(Readable.from(attempts), createWriteStream(join(folder, 'attempts.ndjson')));
  const record = makeRecord({ attemptsFile: 'attempts.ndjson' });
  await writeFile(join(folder, 'record.json'), JSON.stringify(record));
  const { exitCode, stderr } = await runCommand(
    ['report', 'record.json', '--format', 'csv', '--output', 'out.csv'],
    {
      cwd: folder,
      environment: {
        NODE_OPTIONS: `${smallHeap} --import=data:text/javascript,${encodeURIComponent(tellMemory)}`,
      },
    },
  );
  expect(exitCode).toBe(0);
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(join(folder, 'out.csv')) })) {
    if (line !== '') lines += 1;
  }
  return { lines, memoryKiB: Number(/maxRSS=(?<kibibytes>\d+)/u.exec(stderr)?.groups?.['kibibytes']) };
};

test('a CSV of a million rows needs the memory of one of 10,000', async () => {
  const few = await renderRows(10_000);
  const many = await renderRows(1_000_000);
  expect([few.lines, many.lines]).toEqual([10_001, 1_000_001]);
  expect(many.memoryKiB / few.memoryKiB).toBeLessThan(1.2);
});
