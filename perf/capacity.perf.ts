import { guidePromises } from './guide-promises.ts';
import { above, capacity, expect, test } from './scenario.ts';

test(
  'more than 100 connections are stable at once',
  { tags: ['slow'] },
  async ({ searchCapacity, target }) => {
    const run = await searchCapacity({
      startConnections: 10,
      maximumConnections: 200,
      stepConnections: 10,
      delaySeconds: 0.005,
      holdSeconds: 0.25,
      promises: guidePromises(target),
    });
    expect(run).toMeet(above(capacity, 'value', 100));
  },
);
