import type { Target } from '../../fixtures/targets/index.ts';
import { tokenFor } from '../../fixtures/tokens/index.ts';
import type { Dial } from '../harness/connection/dial.ts';
import { makeDial } from '../session/make-dials.ts';
import type { OperationPlan } from './pair/operation.ts';
import type { PairAgent } from './pair/pair-agent.ts';
import { perSide, type PerSide } from './side.ts';

const maxMessageBytes = 16 * 1_048_576;
/** Tokens of one side, used in turn: a server that limits one user's connections meets many. */
const tokensPerSide = 50;

const planFor = (target: Target): OperationPlan => ({
  settings: {
    origin: target.origin,
    certificateAuthority: target.certificateAuthority,
    handshakeTimeoutMs: target.handshakeTimeoutMs,
    maxMessageBytes,
  },
  initialMessages: target.initialMessages,
  pingsVia: target.features.marketDataFeed ? 'message' : 'frame',
});

const dialsOf = (target: Target): readonly Dial[] =>
  Array.from({ length: tokensPerSide }, (_, index) => makeDial(target, tokenFor(target, index)));

/** Tells the operating process which two servers it is to operate on. */
export const meetServers = async (
  agent: PairAgent,
  targets: PerSide<Target>,
  seed: number,
): Promise<void> => {
  const servers = {
    dials: perSide((side) => dialsOf(targets[side])),
    plans: perSide((side) => planFor(targets[side])),
    seed,
  };
  await agent.ask({ type: 'meet', servers }, 'ready');
};
