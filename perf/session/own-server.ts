import { join } from 'node:path';
import {
  openTarget,
  TargetError,
  type OpenedTarget,
  type RedisAccess,
  type Target,
} from '../../fixtures/targets/index.ts';
import type { SessionSettings } from '../settings.ts';

/** Environment variables of a server that a scenario wants to itself; none for the session's own target. */
export type ServerEnvironment = Readonly<Record<string, string>>;

/**
 * Brings up a server for one scenario: of the same kind as the session's target and beside it, with the scenario's settings.
 * What the command line says of the server's environment wins, so that a protection can be switched off from there.
 */
export const openOwnServer = (options: {
  readonly shared: Target;
  readonly settings: SessionSettings;
  readonly environment: ServerEnvironment;
  /** Null: as many as the session's target has. */
  readonly instances: number | null;
  /** Null: as of the session's target. */
  readonly redis: RedisAccess | null;
  /** Names the folder of its logs. */
  readonly scenario: string;
  readonly signal: AbortSignal;
}): Promise<OpenedTarget> => {
  const { shared, scenario, signal } = options;
  const asked = options.settings.target;
  return openTarget(
    {
      ...asked,
      kind: shared.kind,
      instances: options.instances ?? asked.instances,
      redisAccess: options.redis ?? asked.redisAccess,
      serverEnvironment: { ...options.environment, ...asked.serverEnvironment },
      logDirectory: join(asked.logDirectory, scenario),
    },
    { signal },
  );
};

/** Whether an error says that this machine or session lacks what it takes, rather than that something is broken. */
export const isLacking = (error: unknown): error is TargetError =>
  error instanceof TargetError &&
  ['PROGRAM_MISSING', 'REDIS_OUT_OF_REACH', 'IMAGE_UNAVAILABLE'].includes(error.code);
