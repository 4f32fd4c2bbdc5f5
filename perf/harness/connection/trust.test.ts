import type * as tls from 'node:tls';
import { expect, test, vi } from 'vitest';
import { makeSelfSignedCertificate } from '../../../fixtures/targets/testing/self-signed-certificate.ts';
import { startClock } from './clock.ts';
import { openConnection } from './open-connection.ts';
import { dialSettings, dialTo, listening } from './testing/dial-to.ts';
import { answering, startRawServer, switchingProtocols } from './testing/raw-server.ts';

const wellKnown = vi.hoisted((): string[] => []);
vi.mock('node:tls', async (importOriginal) => ({
  ...(await importOriginal<typeof tls>()),
  rootCertificates: wellKnown,
}));

test('an authority is trusted in addition to the well-known ones, and nobody else is', async () => {
  const [known, given, other] = await Promise.all([
    makeSelfSignedCertificate(),
    makeSelfSignedCertificate(),
    makeSelfSignedCertificate(),
  ]);
  wellKnown.push(known.cert);
  const settings = dialSettings({ certificateAuthority: given.cert });
  const outcomes: string[] = [];
  for (const certificate of [known, given, other]) {
    await using server = await startRawServer(
      answering((request) => switchingProtocols(request)),
      certificate,
    );
    const opening = await openConnection(dialTo(server.url), settings, startClock(), listening());
    if (opening.outcome === 'opened') opening.socket.terminate();
    outcomes.push(opening.outcome === 'opened' ? 'opened' : opening.failure.reason);
  }
  expect(outcomes).toEqual(['opened', 'opened', 'tls']);
});
