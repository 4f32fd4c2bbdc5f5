import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openCommandTarget, openTarget, type TargetRequest } from '../../../fixtures/targets/index.ts';
import type { CompareRequest } from '../compare-request.ts';
import type { Contestant } from '../contestant.ts';
import { perSide, type PerSide, type Side } from '../side.ts';
import { prepareCommits } from './commit-contestants.ts';
import type { Prepared, PrepareOptions } from './prepared.ts';

const ready = (contestants: PerSide<Contestant>, notices: readonly string[] = []): Prepared => ({
  contestants,
  notices,
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

const restarted = (label: string, open: Contestant['open']): Contestant => ({
  label,
  commit: null,
  canRestart: true,
  open,
});

const cannotRestart =
  'Servers given by --base-url and --head-url are not restarted between blocks, and their processor time can not be read: this verdict is weaker than one of servers that are started here.';

/** Builds what has to be built, and gives both servers ready to be started. */
export const prepareContestants = async (
  { opponents, target, serverEnvironments }: CompareRequest,
  options: PrepareOptions,
): Promise<Prepared> => {
  await mkdir(options.logDirectory, { recursive: true });
  const requests = perSide((side: Side): TargetRequest => ({
    ...target,
    serverEnvironment: { ...target.serverEnvironment, ...serverEnvironments[side] },
    // The newest block's logs; an older block's are overwritten.
    logDirectory: join(options.logDirectory, side),
  }));
  switch (opponents.kind) {
    case 'commits':
      return prepareCommits(opponents, requests, options);
    case 'images':
      return ready(
        perSide((side) => {
          const image = opponents.images[side];
          const request: TargetRequest = { ...requests[side], kind: 'containers', image };
          return restarted(`image ${image}`, (openOptions) => openTarget(request, openOptions));
        }),
      );
    case 'commands':
      return ready(
        perSide((side) => {
          const command = { command: opponents.commands[side], directory: options.directory };
          return restarted(`"${command.command}"`, (openOptions) =>
            openCommandTarget(requests[side], command, openOptions),
          );
        }),
      );
    case 'urls':
      return ready(
        perSide((side) => {
          const request: TargetRequest = { ...requests[side], kind: 'external', url: opponents.urls[side] };
          return {
            label: opponents.urls[side].replace(/[?#].*$/u, ''),
            commit: null,
            canRestart: false,
            open: (openOptions) => openTarget(request, openOptions),
          };
        }),
        [cannotRestart],
      );
    default:
      return opponents satisfies never;
  }
};
