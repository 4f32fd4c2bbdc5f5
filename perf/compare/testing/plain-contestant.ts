import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { defaultTargetRequest, openCommandTarget } from '../../../fixtures/targets/index.ts';
import type { Contestant } from '../contestant.ts';

const server = fileURLToPath(new URL('plain-server-main.ts', import.meta.url));

/** The command that starts the plain server. */
export const plainServerCommand = `"${process.execPath}" "${server}"`;

/** The plain server as a contestant, with the environment that a test gives it. */
export const plainContestant = async (
  label: string,
  serverEnvironment: Readonly<Record<string, string>> = {},
): Promise<Contestant> => {
  const logDirectory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(logDirectory, { recursive: true, force: true }));
  const request = { ...defaultTargetRequest(logDirectory), serverEnvironment };
  return {
    label,
    commit: null,
    canRestart: true,
    open: (options) =>
      openCommandTarget(request, { command: plainServerCommand, directory: logDirectory }, options),
  };
};
