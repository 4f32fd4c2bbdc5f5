import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { burnCpu } from '../burn-cpu.ts';
import { HandshakePacer } from './handshake-pacer.ts';

it('a handshake runs at once while the turn has time', () => {
  const pacer = new HandshakePacer(5);
  const ran: number[] = [];
  for (const index of [0, 1, 2]) pacer.run(() => ran.push(index));
  expect(ran).toEqual([0, 1, 2]);
});

it('handshakes beyond the time of a turn run in later turns, in their order, with other work in between', async () => {
  const pacer = new HandshakePacer(5);
  const happened: string[] = [];
  for (const index of [0, 1, 2]) {
    pacer.run(() => {
      burnCpu(6);
      happened.push(`handshake ${index}`);
    });
  }
  expect([happened, pacer.waiting]).toEqual([['handshake 0'], 2]);
  for (let turn = 0; pacer.waiting > 0; turn += 1) {
    await nextTurn();
    happened.push('other work');
  }
  expect(happened.filter((event) => event !== 'other work')).toEqual([
    'handshake 0',
    'handshake 1',
    'handshake 2',
  ]);
  expect(happened.indexOf('other work')).toBeLessThan(happened.indexOf('handshake 2'));
});

it('who arrives comes before handshakes that wait, but not for ever', async () => {
  let nowMs = 0;
  const pacer = new HandshakePacer(5, () => nowMs);
  let ran = 0;
  const arrive = (): void => {
    pacer.run(() => {
      nowMs += 6;
      ran += 1;
    });
  };
  arrive();
  for (const waiting of [1, 2, 3]) {
    arrive();
    await nextTurn();
    expect([ran, pacer.waiting]).toEqual([1, waiting]);
  }
  // Somebody comes in each turn: four times the 5 ms are the longest that the others wait for that.
  nowMs += 20;
  arrive();
  await nextTurn();
  expect([ran, pacer.waiting]).toEqual([2, 3]);
  while (pacer.waiting > 0) await nextTurn();
  expect(ran).toBe(5);
});

it('after a pause handshakes run at once again', async () => {
  const pacer = new HandshakePacer(5);
  pacer.run(() => burnCpu(6));
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  let hasRun = false;
  pacer.run(() => (hasRun = true));
  expect(hasRun).toBe(true);
});
