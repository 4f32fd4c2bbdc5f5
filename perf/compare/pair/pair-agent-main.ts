import { startClock } from '../../harness/connection/clock.ts';
import type { Dial } from '../../harness/connection/dial.ts';
import type { Side } from '../side.ts';
import { alternate } from './alternate.ts';
import { holdConnections, type HeldConnections } from './hold-connections.ts';
import { runOperation } from './operation.ts';
import { aliveEveryMs, type PairReply, type PairRequest, type PairServers } from './pair-protocol.ts';
import { randomOrder } from './random-order.ts';
import { roundTripSlice } from './round-trip-slice.ts';

// A process of its own that operates on both servers in turns. It ends at once when its coordinator is gone.

const clock = startClock();

/** What is known of the block under way. */
class Block {
  readonly #servers: PairServers;
  readonly #isBaseFirst: () => boolean;
  readonly #operations = { base: 0, head: 0 };
  #held: HeldConnections | null = null;

  constructor(servers: PairServers) {
    this.#servers = servers;
    this.#isBaseFirst = randomOrder(servers.seed);
  }

  async answer(request: Exclude<PairRequest, { type: 'meet' }>): Promise<PairReply> {
    const { dials, plans } = this.#servers;
    switch (request.type) {
      case 'alternate':
        return {
          type: 'operations',
          operations: await alternate(
            (side) => runOperation(this.#nextDial(side), plans[side], clock),
            request.stretch,
            { clock, isBaseFirst: this.#isBaseFirst },
          ),
        };
      case 'hold':
        this.#held = await holdConnections(
          dials[request.side],
          plans[request.side].settings,
          request.connections,
          clock,
        );
        return { type: 'held', connections: this.#held.count };
      case 'release':
        await this.#held?.release();
        this.#held = null;
        return { type: 'ready' };
      case 'slice': {
        const { side, plan } = request;
        const roundTripsPerSecond = await roundTripSlice(dials[side], plans[side], plan, clock);
        return { type: 'slice', roundTripsPerSecond };
      }
      default:
        return request satisfies never;
    }
  }

  #nextDial(side: Side): Dial {
    const dials = this.#servers.dials[side];
    const dial = dials[this.#operations[side] % dials.length];
    if (dial === undefined) throw new Error(`There is no address to dial for ${side}.`);
    this.#operations[side] += 1;
    return dial;
  }
}

let block: Block | null = null;

const answer = async (request: PairRequest): Promise<PairReply> => {
  if (request.type === 'meet') {
    block = new Block(request.servers);
    return { type: 'ready' };
  }
  if (block === null) throw new Error('Work came before the servers that it is for.');
  return block.answer(request);
};

process.on('message', (request: PairRequest) => {
  answer(request).then(
    (reply) => process.send?.(reply),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
});
setInterval(() => process.send?.({ type: 'alive' } satisfies PairReply), aliveEveryMs);
process.on('disconnect', () => {
  process.exit(0);
});
// A terminal's Ctrl-C reaches the whole process group; the coordinator decides what it means.
process.on('SIGINT', () => undefined);

process.send?.({ type: 'ready' } satisfies PairReply);
