import { below, expect, listenToFeed, serverMemoryGrowth, test } from './scenario.ts';

const bytesPerMebibyte = 1_048_576;

test(
  'the server’s memory stays level while connections are held',
  { tags: ['slow'] },
  async ({ load, target, skip }) => {
    skip(target.server.kind === 'none', 'the target’s process or container can not be watched from here');
    const run = await load(listenToFeed({ connections: 100, holdSeconds: 10 }));
    expect(run).toMeet(below(serverMemoryGrowth, 'value', bytesPerMebibyte));
  },
);
