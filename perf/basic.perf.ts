import { guidePromises } from './guide-promises.ts';
import { expect, ramp, test } from './scenario.ts';

test(
  'clients that arrive one after another connect in under 0.5 s on average and stay',
  { tags: ['quick'] },
  async ({ load, target }) => {
    const run = await load(ramp({ connections: 20, delaySeconds: 0.1, holdSeconds: 2 }));
    expect(run).toMeet(...guidePromises(target));
  },
);
