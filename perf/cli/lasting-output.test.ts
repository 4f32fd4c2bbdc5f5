import { PassThrough, Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { lastingOutput } from './lasting-output.ts';

test('what is piped into it flows to its end, though what it writes to fails in the middle', async () => {
  const written: string[] = [];
  const full = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString());
      done(written.length === 2 ? new Error('full') : null);
    },
  });
  const failure = new Promise((resolve) => full.on('error', resolve));
  const worker = Readable.from(['first', 'second', 'third', 'fourth']);
  worker.pipe(lastingOutput(full as unknown as NodeJS.WriteStream), { end: false });
  await new Promise((resolve) => worker.on('end', resolve));
  expect(await failure).toMatchObject({ message: 'full' });
  expect(written).toEqual(['first', 'second']);
});

test('it looks like the terminal that it writes to', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 91 });
  expect(lastingOutput(terminal as unknown as NodeJS.WriteStream)).toMatchObject({
    isTTY: true,
    columns: 91,
  });
});
