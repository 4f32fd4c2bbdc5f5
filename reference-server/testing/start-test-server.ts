import { startReferenceServer, type ReferenceServer } from '../start-reference-server.ts';
import type { ReferenceServerSettings } from '../settings/settings.ts';
import { TEST_SECRET } from './signed-token.ts';

/** A server in this process on a free port, quiet unless the settings make it publish. */
export const startTestServer = (settings: Partial<ReferenceServerSettings> = {}): Promise<ReferenceServer> =>
  startReferenceServer({
    jwtSecret: TEST_SECRET,
    port: 0,
    quotesPerSecond: 0,
    drainMs: 0,
    shutdownGraceMs: 200,
    ...settings,
  });
