import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleServer, defaultTargetRequest, openTarget } from '../../../fixtures/targets/index.ts';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import type { Contestant } from '../contestant.ts';
import type { Side } from '../side.ts';

const sources = fileURLToPath(new URL('../../../reference-server', import.meta.url));

/** The reference server as it is in the work tree, bundled once, to be started as a process as often as it takes. */
export interface ReferenceServers {
  /** SHA-256 of the bundle, its first 12 hex digits. */
  readonly bundleId: string;
  /** One side of a comparison, whose server is busy for `burnMs` of processor time in each handshake. */
  readonly contestant: (side: Side, burnMs: number) => Contestant;
}

/** Bundles the reference server; it lives as long as the test that asks for it. */
export const bundleReferenceServers = async (): Promise<ReferenceServers> => {
  const folder = await temporaryDirectory();
  await bundleServer(sources, folder);
  const serverFile = join(folder, 'server.mjs');
  const hash = createHash('sha256').update(await readFile(serverFile));
  return {
    bundleId: hash.digest('hex').slice(0, 12),
    contestant: (side, burnMs) => ({
      label: burnMs === 0 ? side : `${side}, ${burnMs.toFixed(4)} ms busier`,
      commit: null,
      canRestart: true,
      open: (options) =>
        openTarget(
          {
            ...defaultTargetRequest(join(folder, side)),
            kind: 'process',
            serverFile,
            serverEnvironment: { FAULT_BURN_CPU_PER_HANDSHAKE_MS: String(burnMs) },
          },
          options,
        ),
    }),
  };
};
