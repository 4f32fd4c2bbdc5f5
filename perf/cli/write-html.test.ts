import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRecord, makeScenario, makeSession } from '../reports/testing/make-record.ts';
import { writeHtml } from './write-html.ts';

test('the pages of runs lie beside the file, whatever a record that came from elsewhere is called', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'write-html-'));
  await mkdir(join(folder, 'reports'));
  const records = ['session-basic-1', '/../../outside', String.raw`..\..\outside`].map((runId) =>
    makeRecord({ runId }),
  );
  await writeHtml(
    join(folder, 'reports', 'all.html'),
    makeSession({ scenarios: [makeScenario({ records })] }),
  );
  expect(await readdir(folder)).toEqual(['reports']);
  const pages = await readdir(join(folder, 'reports'));
  expect(pages).toHaveLength(4);
  const index = await readFile(join(folder, 'reports', 'all.html'), 'utf8');
  for (const page of pages.filter((name) => name !== 'all.html')) expect(index).toContain(`href="${page}"`);
});

test('scenarios whose names are in other scripts have a page each', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'write-html-'));
  const records = ['session-größe-1', 'session-測試-1', 'session-負荷-1'].map((runId) =>
    makeRecord({ runId }),
  );
  await writeHtml(join(folder, 'all.html'), makeSession({ scenarios: [makeScenario({ records })] }));
  expect(await readdir(folder)).toHaveLength(4);
});

test('a plain assertion that failed stands on the page of a run whose promises held', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'write-html-'));
  const file = join(folder, 'one.html');
  const errors = [{ message: 'expected 1 to be 2', line: 7 }];
  await writeHtml(file, makeSession({ scenarios: [makeScenario({ outcome: 'failed', errors })] }));
  const page = await readFile(file, 'utf8');
  expect(page).toContain('expected 1 to be 2');
  expect(page).toContain('class="verdict broken"');
  expect(page).not.toContain('class="verdict met"');
});
