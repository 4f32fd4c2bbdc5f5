import { guidePromises } from './guide-promises.ts';
import { expect, ramp, test } from './scenario.ts';

test(
  'clients that arrive almost at once connect in under 0.5 s on average and stay',
  { tags: ['quick'] },
  async ({ load, target }) => {
    const promises = guidePromises(target);
    const run = await load(ramp({ connections: 200, delaySeconds: 0.01, holdSeconds: 2 }), {
      endWhenBroken: promises,
    });
    expect(run).toMeet(...promises);
  },
);
