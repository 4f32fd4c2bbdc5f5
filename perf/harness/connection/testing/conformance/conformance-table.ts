import type { ConformanceCase } from './conformance-case.ts';
import type { Reaction } from './reaction.ts';

/** What was seen of a case in both roles. */
export interface ObservedCase {
  readonly of: ConformanceCase;
  readonly generator: Reaction;
  readonly server: Reaction;
}

const closeOpcode = 0x8;

const describe = (reaction: Reaction, { frames, answersClose = false }: ConformanceCase): string => {
  const { heard, pongs, closeCode } = reaction;
  const refusals = heard.filter((one) => one.startsWith('error '));
  const messages = heard.length - refusals.length;
  const isAskedToClose = answersClose || frames.some(({ firstByte }) => (firstByte & 0x0f) === closeOpcode);
  return [
    ...(messages === 0 ? [] : [messages === 1 ? 'hears it' : `hears ${String(messages)}`]),
    ...refusals.map((one) => `answers \`${one}\``),
    ...(pongs.length === 0
      ? []
      : [pongs.length === 1 ? 'sends a pong' : `sends ${String(pongs.length)} pongs`]),
    closeCode === 1_000 && !isAskedToClose
      ? 'goes on'
      : `closes ${closeCode === 'without a code' ? closeCode : `with ${String(closeCode)}`}`,
  ].join(', ');
};

const intro = `# Conformance to RFC 6455

What the generator, as a client, and the reference server make of what their peer sends, case by case, seen on raw sockets.
A case that does not end the connection is followed by a close, so that it is known to be open still.
Written by [conformance.test.ts](conformance.test.ts), which fails when a reaction is another one, or this page is not current:
\`npx vitest run --project tests perf/harness/connection/conformance -u\` writes it anew.
`;

/** The page of all cases. */
export const conformanceTable = (observed: readonly ObservedCase[]): string => {
  const groups = [...Map.groupBy(observed, ({ of }) => of.group)].map(
    ([name, cases], groupIndex) => `## ${String(groupIndex + 1)} ${name}

| | What is sent | RFC 6455 | Generator | Server |
|---|---|---|---|---|
${cases
  .map(
    ({ of, generator, server }, index) =>
      `| ${String(groupIndex + 1)}.${String(index + 1)} | ${of.what} | §${of.section} | ${describe(generator, of)} | ${describe(server, of)} |`,
  )
  .join('\n')}
`,
  );
  return [intro, ...groups].join('\n');
};
