import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { defaultTargetRequest } from '../../fixtures/targets/index.ts';
import type { SessionSettings } from '../settings.ts';

/** A name for a session that sorts by time: `20261122T203447Z-3f9a1c`. */
export const newSessionId = (now: Date): string =>
  `${now.toISOString().replaceAll(/[-:]|\.\d+/gu, '')}-${randomBytes(3).toString('hex')}`;

/** What is measured when nothing is asked for: every scenario as it is written, against whatever `auto` finds. */
export const defaultSettings = (root: string): SessionSettings => {
  const sessionId = newSessionId(new Date());
  return {
    sessionId,
    recordDirectory: join(root, '.perf', 'runs'),
    target: defaultTargetRequest(join(root, '.perf', 'logs', sessionId)),
    judgedBy: 'observed',
    load: {
      connections: null,
      delaySeconds: null,
      holdSeconds: null,
      durationSeconds: null,
      warmUpSeconds: null,
      appliesTo: [],
    },
    agents: null,
    capacity: { startConnections: null, maximumConnections: null, stepConnections: null },
  };
};
