import { expect, it } from 'vitest';
import { parseComparison } from './comparison-file.ts';
import { comparisonOf } from './testing/comparison-of.ts';
import { makeBlocks, makeUnclearBlocks } from './testing/make-block.ts';

it('a server that became a tenth slower fails with exit code 1, and says by how much', () => {
  const comparison = comparisonOf(makeBlocks(12, 1.1));
  expect(comparison).toMatchObject({ verdict: 'fail', exitCode: 1, blocks: 12 });
  expect(comparison.metrics[0]?.sentence).toMatch(/^FAIL connect p50: 10\.\d % slower/u);
});

it('an unchanged server passes with exit code 0', () => {
  expect(comparisonOf(makeBlocks(12, 1))).toMatchObject({ verdict: 'pass', exitCode: 0 });
});

it('an inconclusive comparison is neutral unless it is strict', () => {
  const blocks = makeUnclearBlocks(28);
  expect(comparisonOf(blocks)).toMatchObject({ verdict: 'inconclusive', exitCode: 0 });
  expect(comparisonOf(blocks, { isStrict: true })).toMatchObject({ verdict: 'inconclusive', exitCode: 3 });
});

it('a server that fails more often fails, however fast it is', () => {
  const comparison = comparisonOf(makeBlocks(12, 1, { overloaded: 2 }));
  expect(comparison).toMatchObject({ verdict: 'fail', exitCode: 1, successRate: { outcome: 'fail' } });
  expect(comparison.head.failures).toEqual({ overloaded: 24 });
});

it('a server that sends another number of messages fails, however fast it is', () => {
  const blocks = makeBlocks(12, 1).map(({ base, head }) => ({
    base,
    head: { ...head, messages: head.messages.map((count) => count - 1) },
  }));
  expect(comparisonOf(blocks)).toMatchObject({
    verdict: 'fail',
    exitCode: 1,
    messageCount: { sentence: 'FAIL messages: base 2 → head 1 a connection. Counts are compared exactly.' },
  });
});

it('the build fails only when the confirmation fails, too', () => {
  const confirms = comparisonOf(makeBlocks(12, 1.1));
  expect(comparisonOf(makeBlocks(12, 1.1), { confirms })).toMatchObject({
    exitCode: 1,
    confirms: { isConfirmed: true, seed: 42 },
  });
  expect(comparisonOf(makeBlocks(12, 1), { confirms })).toMatchObject({
    exitCode: 0,
    confirms: { isConfirmed: false },
  });
});

it('a confirmation that is inconclusive is neutral unless it is strict', () => {
  const confirms = comparisonOf(makeBlocks(12, 1.1));
  const unclear = makeUnclearBlocks(28);
  expect(comparisonOf(unclear, { confirms })).toMatchObject({ verdict: 'inconclusive', exitCode: 0 });
  expect(comparisonOf(unclear, { confirms, isStrict: true })).toMatchObject({ exitCode: 3 });
});

const slowerOnly = (part: 'cpuMs' | 'roundTripMs'): ReturnType<typeof makeBlocks> =>
  makeBlocks(12, 1).map(({ base, head }) => ({
    base,
    head: {
      ...head,
      ...(part === 'cpuMs'
        ? { cpuMs: (head.cpuMs ?? 0) * 1.2 }
        : { roundTripMs: head.roundTripMs.map((ms) => ms * 1.2) }),
    },
  }));

it('a failure by another metric confirms nothing', () => {
  const confirms = comparisonOf(slowerOnly('cpuMs'));
  expect(confirms).toMatchObject({ verdict: 'fail', exitCode: 1 });
  expect(comparisonOf(slowerOnly('cpuMs'), { confirms })).toMatchObject({
    exitCode: 1,
    confirms: { failed: ['server-cpu'], isConfirmed: true },
  });
  expect(comparisonOf(slowerOnly('roundTripMs'), { confirms })).toMatchObject({
    verdict: 'fail',
    exitCode: 0,
    confirms: { failed: ['server-cpu'], isConfirmed: false },
  });
});

it('more failed operations are confirmed by more failed operations alone', () => {
  const confirms = comparisonOf(makeBlocks(12, 1, { overloaded: 2 }));
  expect(comparisonOf(makeBlocks(12, 1, { reset: 3 }), { confirms })).toMatchObject({
    exitCode: 1,
    confirms: { failed: ['success-rate'], isConfirmed: true },
  });
  expect(comparisonOf(slowerOnly('cpuMs'), { confirms }).confirms?.isConfirmed).toBe(false);
});

it('a first failure of two waits for the second, and nothing else does', () => {
  const isFirstOfTwo = true;
  expect(comparisonOf(makeBlocks(12, 1.1), { isFirstOfTwo })).toMatchObject({
    verdict: 'fail',
    awaitsConfirmation: true,
    exitCode: 0,
  });
  for (const blocks of [makeBlocks(12, 1), makeUnclearBlocks(28)])
    expect(comparisonOf(blocks, { isFirstOfTwo }).awaitsConfirmation).toBe(false);
});

it('a failure of a gate that is not trusted does not count, and needs no confirmation', () => {
  const disarmed = { gates: 40, failures: 6, since: '2026-11-20T03:00:00.000Z' };
  expect(comparisonOf(makeBlocks(12, 1.1), { disarmed, isFirstOfTwo: true })).toMatchObject({
    verdict: 'fail',
    exitCode: 0,
    awaitsConfirmation: false,
  });
});

it('reports what does not gate beside it, and leaves out what was not measured', () => {
  const { metrics } = comparisonOf(makeBlocks(12, 1));
  expect(metrics.filter(({ isGated }) => isGated).map(({ name }) => name)).toEqual([
    'connect',
    'ping',
    'server-cpu',
  ]);
  const names = metrics.map(({ name }) => name);
  expect(names).toContain('connect-p95');
  expect(names).not.toContain('memory');
});

it('what is written can be read again, and holds each block', () => {
  const comparison = comparisonOf(makeBlocks(12, 1.1));
  expect(parseComparison(JSON.stringify(comparison))).toEqual({ outcome: 'read', comparison });
  expect(comparison.metrics[0]?.head).toHaveLength(12);
});

it.each([
  ['no JSON', 'FAIL', 'it is not JSON'],
  ['JSON of something else', '{"schema":"other"}', 'it is not a comparison'],
  ['null', 'null', 'it is not a comparison'],
  ['a newer layout', '{"version":2}', 'newer version'],
])('%s is told from a comparison', (_title, text, reason) => {
  expect(parseComparison(text)).toMatchObject({
    outcome: 'unreadable',
    reason: expect.stringContaining(reason) as string,
  });
});

it('a metric that was still open when another one failed is inconclusive, and says so', () => {
  const blocks = makeUnclearBlocks(12).map((block, index) => ({
    base: { ...block.base, cpuMs: 20 },
    head: { ...block.head, cpuMs: 24 + index / 100 },
  }));
  const { metrics } = comparisonOf(blocks);
  expect(metrics.find(({ name }) => name === 'server-cpu')?.outcome).toBe('fail');
  const connect = metrics.find(({ name }) => name === 'connect');
  expect(connect?.outcome).toBe('inconclusive');
  expect(connect?.sentence).toMatch(/^INCONCLUSIVE connect p50: .* after 12 blocks; another metric decided/u);
});
