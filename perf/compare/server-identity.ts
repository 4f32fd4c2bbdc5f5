import { scryptSync } from 'node:crypto';
import type { CompareRequest } from './compare-request.ts';
import type { Contestant } from './contestant.ts';
import type { Side } from './side.ts';

const identityBytes = 32;

/** What is compared by one name, without what may differ from run to run, as a token in an address does. */
const describeServer = (
  { opponents }: CompareRequest,
  side: Side,
  { commit, contentHash }: Pick<Contestant, 'commit' | 'contentHash'>,
): string => {
  switch (opponents.kind) {
    case 'commits':
      return commit ?? contentHash ?? '';
    case 'images':
      return opponents.images[side];
    case 'commands':
      return opponents.commands[side];
    case 'urls':
      return opponents.urls[side].replace(/[?#].*$/u, '').replace(/\/\/[^/@]*@/u, '//');
    default:
      return opponents satisfies never;
  }
};

/**
 * The same text for the same server, reached in the same way, and another one for any other. Commands and environments may hold
 * secrets, so that it is made slow to guess: scrypt (RFC 7914) with Node's defaults, 32 bytes in hex digits.
 */
export const serverIdentity = (
  request: CompareRequest,
  side: Side,
  contestant: Pick<Contestant, 'commit' | 'contentHash'>,
  salt: string,
): string => {
  const { opponents, target, serverEnvironments } = request;
  const environment = Object.entries({ ...target.serverEnvironment, ...serverEnvironments[side] });
  const text = JSON.stringify([
    opponents.kind,
    describeServer(request, side, contestant),
    environment.toSorted(([one], [other]) => one.localeCompare(other, 'en')),
    target.path,
    target.offersCompression,
  ]);
  return scryptSync(text, salt, identityBytes).toString('hex');
};
