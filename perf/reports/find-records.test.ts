import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { findRecords } from './find-records.ts';

test('a scenario’s records are found in order, and not those of one whose name begins alike', async () => {
  const recordDirectory = await mkdtemp(join(tmpdir(), 'records-'));
  const files = [
    's-chat-1.json',
    's-chat-room-2.json',
    's-chat-10.json',
    's-chat-3-0a1b2c.json',
    't-chat-1.json',
  ];
  for (const file of [...files, 's-chat-1.attempts.ndjson', 's-chat-1.json.x.part'])
    await writeFile(join(recordDirectory, file), '');
  const found = await findRecords({ recordDirectory, sessionId: 's' }, 'chat');
  expect(found.map((file) => basename(file))).toEqual([
    's-chat-1.json',
    's-chat-3-0a1b2c.json',
    's-chat-10.json',
  ]);
  expect(
    await findRecords({ recordDirectory: join(recordDirectory, 'none'), sessionId: 's' }, 'chat'),
  ).toEqual([]);
});
