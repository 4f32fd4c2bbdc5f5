import { expect, test } from 'vitest';
import { LiveArea } from './live-area.ts';
import { openScreen } from './testing/screen.ts';

test('lines are redrawn in place, more or fewer of them', async () => {
  const { stream, lines } = openScreen(60);
  const area = new LiveArea(stream);
  stream.write('above\n');
  area.draw(['one', 'two']);
  expect(await lines()).toEqual(['above', 'one', 'two']);
  area.draw(['1', '2', '3']);
  expect(await lines()).toEqual(['above', '1', '2', '3']);
  area.draw(['last']);
  expect(await lines()).toEqual(['above', 'last']);
});

test('what others write lands above the lines, on either stream', async () => {
  const { stream, errorStream, lines } = openScreen(60);
  const area = new LiveArea(stream, [errorStream]);
  area.draw(['one', 'two']);
  stream.write('from a reporter\n');
  errorStream.write('from a warning\n');
  expect(await lines()).toEqual(['from a reporter', 'from a warning', 'one', 'two']);
});

test('a line that others have begun is not overwritten', async () => {
  const { stream, lines } = openScreen(60);
  const area = new LiveArea(stream);
  area.draw(['one']);
  stream.write('··');
  expect(await lines()).toEqual(['··']);
  area.draw(['two']);
  expect(await lines()).toEqual(['··', 'two']);
  stream.write('done\n');
  expect(await lines()).toEqual(['··', 'done', 'two']);
});

test('nothing is left once they are cleared, and the stream is as it was', async () => {
  const { stream, lines } = openScreen(60);
  const before: unknown = Reflect.get(stream, 'write');
  const area = new LiveArea(stream);
  stream.write('above\n');
  area.draw(['one', 'two']);
  stream.write('between\n');
  area.clear();
  expect(await lines()).toEqual(['above', 'between']);
  expect(Reflect.get(stream, 'write')).toBe(before);
  stream.write('after\n');
  expect(await lines()).toEqual(['above', 'between', 'after']);
});

test('lines are cut to the terminal, with their colours, and follow its size', async () => {
  const { stream, lines, resize } = openScreen(60);
  const area = new LiveArea(stream);
  const text = `\u001B[31m${'0123456789'.repeat(8)}\u001B[39m`;
  stream.write('above\n');
  area.draw([text, text]);
  expect((await lines()).map(({ length }) => length)).toEqual([5, 59, 59]);
  resize(40);
  expect(await lines()).toEqual([
    'above',
    '0123456789'.repeat(4).slice(0, 39),
    '0123456789'.repeat(4).slice(0, 39),
  ]);
  resize(70);
  expect((await lines()).map(({ length }) => length)).toEqual([5, 69, 69]);
  area.clear();
  expect(await lines()).toEqual(['above']);
});

test('a cursor that was hidden is shown', async () => {
  const screen = openScreen(60);
  screen.stream.write('\u001B[?25l');
  const area = new LiveArea(screen.stream);
  area.draw(['one']);
  await screen.lines();
  expect(screen.showsCursor).toBe(true);
  area.clear();
});
