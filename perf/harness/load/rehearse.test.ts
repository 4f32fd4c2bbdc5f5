import { expect, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../../fixtures/targets/testing/self-signed-certificate.ts';
import { noSocketIsLeft } from '../connection/testing/no-socket-is-left.ts';
import { startRawServer } from '../connection/testing/raw-server.ts';
import { pingRoundTrips } from './profile.ts';
import { rehearse } from './rehearse.ts';
import { runLoad } from './run-load.ts';
import { loadPlan } from './testing/load-plan.ts';

test.each(['ws', 'wss'])(
  'a rehearsal of a load on %s:// ends, dials not the target, and leaves no socket',
  async (scheme) => {
    const { key, cert } = await makeSelfSignedCertificate();
    await using target = await startRawServer(() => undefined, scheme === 'wss' ? { key, cert } : undefined);
    const plan = loadPlan(target.url, {
      profile: pingRoundTrips({ connections: 5, holdSeconds: 60, everySeconds: 1 }),
    });
    await rehearse({ ...plan, settings: { ...plan.settings, certificateAuthority: cert } });
    expect(target.accepted).toBe(0);
    await noSocketIsLeft();
  },
);

test('a load that can not be rehearsed is driven all the same', async () => {
  const { attempts } = await runLoad({ plan: loadPlan('no address') });
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
});
