import { guidePromises } from './guide-promises.ts';
import { expect, ramp, test } from './scenario.ts';

test(
  'a steady stream of clients connects in under 0.5 s on average and stays',
  { tags: ['quick'] },
  async ({ load, target }) => {
    const promises = guidePromises(target);
    const run = await load(ramp({ connections: 100, delaySeconds: 0.05, holdSeconds: 2 }), {
      endWhenBroken: promises,
    });
    expect(run).toMeet(...promises);
  },
);
