import { BenchProcess } from './bench-process.ts';
import type {
  EchoReply,
  GeneratorRequest,
  HoldingReply,
  OpeningReply,
  PacedReply,
} from './generator-protocol.ts';

/** Whose generator: ours, or the naive loop that each figure is printed beside. */
export type Contender = 'ours' | 'naive';

const files: Readonly<Record<Contender, string>> = { ours: 'our-generator.ts', naive: 'naive-client.ts' };

interface Replies {
  readonly open: OpeningReply;
  readonly hold: HoldingReply;
  readonly echo: EchoReply;
  readonly paced: PacedReply;
}

const answerAllowanceMs = 60_000;

/** Has a fresh process of a contender do one thing, and ends it. */
export const generate = async <Kind extends keyof Replies>(
  contender: Contender,
  request: Extract<GeneratorRequest, { kind: Kind }>,
  profileFolder: string | null,
): Promise<Replies[Kind]> => {
  await using generator = await BenchProcess.start(files[contender], profileFolder);
  return (await generator.ask(request, answerAllowanceMs)) as Replies[Kind];
};
