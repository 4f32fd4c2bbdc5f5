import { connectClient } from '../testing/market-client.ts';
import { readMetric } from '../testing/read-stats.ts';
import { signedToken } from '../testing/signed-token.ts';
import { spawnServer } from '../testing/spawned-server.ts';
import { until } from '../testing/until.ts';
import { corpus, type FuzzSeed } from './corpus.ts';
import { makeRandom, type DrawBelow } from './make-random.ts';
import { mutate } from './mutate.ts';
import { sendInput } from './send-input.ts';

const LANES = 16;
const ERROR_LEVEL = 50;
const EXAMPLES = 5;
/** A leak runs into this long before 100,000 inputs are sent, and then ends the server. */
const NODE_OPTIONS = '--max-old-space-size=64 --max-semi-space-size=4';

/** What came of many inputs. */
export interface FuzzResult {
  readonly sent: number;
  /** Inputs that the server answered as its own failure (5xx), or did not let go of. */
  readonly bad: readonly string[];
  /** What it logged as an error, and its exit code where it ended: an unhandled rejection ends it. */
  readonly errors: readonly unknown[];
  readonly leftOpen: number;
  /** Resident memory after the first tenth of the inputs, and after all, bytes. */
  readonly baseBytes: number;
  readonly endBytes: number;
}

/** The corpus as it is, then mutations of it for ever. */
function* inputs(draw: DrawBelow): Generator<FuzzSeed> {
  yield* corpus;
  for (;;) {
    const seed = corpus[draw(corpus.length)];
    const other = corpus[draw(corpus.length)];
    if (seed !== undefined && other !== undefined)
      yield { kind: seed.kind, input: mutate(seed.input, other.input, draw) };
  }
}

const isFailure = (answer: string | undefined): boolean =>
  answer === undefined || /^HTTP\/1\.1 5\d\d /.test(answer);

/** Sends mutated inputs to a server of its own; the same seed sends the same. */
export const fuzzServer = async (options: {
  readonly count: number;
  readonly seed: number;
}): Promise<FuzzResult> => {
  await using server = await spawnServer({ LOG_LEVEL: 'warn', DEMO_USERS: 'ada:hunter', NODE_OPTIONS });
  const port = Number(new URL(server.url).port);
  const source = inputs(makeRandom(options.seed));
  const token = signedToken({ expiresIn: 86_400 });
  const bad: string[] = [];
  let sent = 0;
  const sendUpTo = async (count: number): Promise<void> => {
    const lane = async (): Promise<void> => {
      while (sent < count && server.child.exitCode === null) {
        sent += 1;
        const { kind, input } = source.next().value as FuzzSeed;
        const answer = await sendInput(port, { kind, text: input }, token);
        if (isFailure(answer) && bad.length < EXAMPLES)
          bad.push(JSON.stringify({ kind, input, answer: answer?.slice(0, 200) }));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  };
  const residentBytes = (): Promise<number> => readMetric(server.url, 'process_resident_memory_bytes');

  await sendUpTo(Math.ceil(options.count / 10));
  const baseBytes = await residentBytes();
  await sendUpTo(options.count);
  const leftOpen = await until(
    () => readMetric(server.url, 'websocket_connections_open'),
    (open) => open === 0,
  );
  const endBytes = await residentBytes();
  // It still serves whoever asks as they should.
  using client = await connectClient(server.url);
  client.send({ type: 'ping', id: 'well', sentAt: 1 });
  await client.receive('pong');
  const exits = server.child.exitCode === null ? [] : [server.child.exitCode];
  const errors = [...exits, ...server.log().filter(({ level }) => Number(level) >= ERROR_LEVEL)];
  return { sent, bad, errors, leftOpen, baseBytes, endBytes };
};
