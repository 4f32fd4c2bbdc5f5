import { expect, test } from 'vitest';
import { redactSecrets } from '../harness/record/redact.ts';
import { openScreen } from './live/testing/screen.ts';
import { Terminal } from './terminal.ts';

const redact = redactSecrets(['secret']);

test('where lines may not be redrawn, only those that stay are written', async () => {
  const { stream, lines } = openScreen(60);
  const terminal = new Terminal(stream, { redact, mayRedraw: false });
  terminal.redraw(['live']);
  terminal.print(['stays']);
  terminal.clear();
  expect(terminal.isInteractive).toBe(false);
  expect(await lines()).toEqual(['stays']);
});

test('a stream that is no terminal, or one without a size, is not redrawn', () => {
  for (const changes of [{ isTTY: false }, { columns: 0 }]) {
    const stream = Object.assign(openScreen(60).stream, changes);
    const terminal = new Terminal(stream, { redact, mayRedraw: true });
    expect([terminal.isInteractive, terminal.columns]).toEqual([false, null]);
  }
});

test('nothing secret is printed or redrawn, and nothing but ASCII where there is no more', async () => {
  const { stream, lines } = openScreen(60);
  const terminal = new Terminal(stream, { redact, mayRedraw: true, isAscii: true });
  terminal.redraw(['live ▁█ secret']);
  terminal.print(['✓ secret']);
  expect(await lines()).toEqual(['+ [token]', 'live .# [token]']);
  terminal.clear();
});
