import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { conversation, expectMessage, pause, repeat, send, type Conversation } from './conversation.ts';
import { ConversationRun } from './conversation-run.ts';
import { ConversationTally } from './conversation-tally.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const startRun = (
  script: Conversation,
): { readonly run: ConversationRun; readonly tally: ConversationTally; readonly sent: string[] } => {
  const startedAtMs = Date.now();
  const tally = new ConversationTally({ warmUpMs: 0, slotMs: 1_000 });
  const sent: string[] = [];
  const run = new ConversationRun({
    conversation: script,
    clock: () => Date.now() - startedAtMs,
    tally,
    send: (text) => sent.push(text),
  });
  run.start();
  return { run, tally, sent };
};

test('thousands of expectations that were met during a pause are gone through without a deep stack', () => {
  const { run, tally } = startRun(
    conversation(pause(1), repeat(20_000, expectMessage('tick')), expectMessage('end')),
  );
  const tick = Buffer.from('tick');
  for (let count = 0; count < 20_000; count += 1) run.receive(tick);
  run.receive(Buffer.from('end'));
  vi.advanceTimersByTime(10_000);
  expect(run.outcome).toEqual({ state: 'completed' });
  expect(tally.findings().stepsMet).toMatchObject({ hits: 20_001, total: 20_001 });
  expect(vi.getTimerCount()).toBe(0);
});

test('after a step has failed its answer is looked for, and nothing else', () => {
  const { run, tally, sent } = startRun(
    conversation(expectMessage('a', { withinSeconds: 1 }), repeat(10, expectMessage('b')), send('c')),
  );
  vi.advanceTimersByTime(1_500);
  for (const text of ['b', 'a', 'b', 'a']) {
    run.receive(Buffer.from(text));
    vi.advanceTimersByTime(100);
  }
  run.end(null);
  expect(run.outcome).toMatchObject({ state: 'failed', step: '1', lateMs: 600 });
  expect(tally.findings()).toMatchObject({
    stepsMet: { hits: 0, total: 1 },
    completed: { hits: 0, total: 1 },
    unfinished: { count: 0 },
  });
  expect(sent).toEqual([]);
});

test('when it is concluded, what is waited for is decided, and what comes after it is not begun', async () => {
  const { run, tally } = startRun(
    conversation(expectMessage('a', { withinSeconds: 1 }), expectMessage('b', { withinSeconds: 1 })),
  );
  const concluded = run.conclude();
  run.receive(Buffer.from('a'));
  await concluded;
  vi.advanceTimersByTime(5_000);
  run.end(null);
  expect(run.outcome).toEqual({ state: 'unfinished', step: '2' });
  expect(tally.findings()).toMatchObject({ stepsMet: { hits: 1, total: 1 }, unfinished: { count: 1 } });
});
