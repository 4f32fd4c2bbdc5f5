import { expect, test } from 'vitest';
import { BesideLoad } from './beside-load.ts';

test('what a load was never begun for is over at once, and was not done', async () => {
  const done: string[] = [];
  const beside = new BesideLoad(async () => done.push('work'));
  await beside.settled();
  await beside.done();
  expect(done).toEqual([]);
});

test('what fails beside a load is waited for, and its failure is told to whoever asks for it alone', async () => {
  const beside = new BesideLoad(() => Promise.reject(new Error('no such process')));
  beside.start();
  await beside.settled();
  await expect(beside.done()).rejects.toThrow('no such process');
});

test('what throws before it promises anything has failed as well', async () => {
  const beside = new BesideLoad(() => {
    throw new TypeError('there is no line');
  });
  beside.start();
  await expect(beside.done()).rejects.toThrow('there is no line');
});
