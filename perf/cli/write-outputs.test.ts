import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSession } from '../reports/testing/make-record.ts';
import { writeOutputs } from './write-outputs.ts';

const noOutputs = { csv: null, text: null, json: null, html: null, junit: null };

test('what was asked for and can not be written is a failure; a job summary that GitHub does not take is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'outputs-'));
  const result = await writeOutputs(makeSession(), {
    outputs: { ...noOutputs, text: join(folder, 'missing', 'a.txt'), junit: join(folder, 'a.xml') },
    exitCode: 0,
    summaryFile: join(folder, 'missing', 'summary.md'),
  });
  expect(result.written).toEqual([`Written: ${join(folder, 'a.xml')}`]);
  expect(result.failed).toEqual([expect.stringContaining('a.txt could not be written: ENOENT')]);
  expect(result.warnings).toEqual([expect.stringContaining('summary.md could not be written: ENOENT')]);
  expect(await readdir(folder)).toEqual(['a.xml']);
});
