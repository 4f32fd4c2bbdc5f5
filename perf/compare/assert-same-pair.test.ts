import { expect, test } from 'vitest';
import { defaultTargetRequest } from '../../fixtures/targets/index.ts';
import { assertSameKind, assertSamePair } from './assert-same-pair.ts';
import type { CompareRequest, Opponents } from './compare-request.ts';
import type { Comparison } from './comparison-record.ts';
import type { Contestant } from './contestant.ts';
import { serverIdentity } from './server-identity.ts';
import { perSide, type PerSide } from './side.ts';
import { comparisonOf } from './testing/comparison-of.ts';
import { makeBlocks } from './testing/make-block.ts';

type Named = Pick<Contestant, 'label' | 'commit' | 'contentHash'>;

const target = defaultTargetRequest('/logs');
const asked = (opponents: Opponents, changes: Partial<CompareRequest> = {}): CompareRequest => ({
  opponents,
  target,
  serverEnvironments: { base: {}, head: {} },
  gated: [],
  seed: 1,
  ...changes,
});
const pair = (head: Partial<Named> = {}): PerSide<Named> => ({
  base: { label: 'aaaaaaaaa (main)', commit: null },
  head: { label: 'bbbbbbbbb', commit: null, ...head },
});

const blocks = makeBlocks(12, 1.1);
const { sessionId } = comparisonOf(blocks);
/** A comparison of this pair, which failed. */
const firstOf = (request: CompareRequest, contestants: PerSide<Named> = pair()): Comparison =>
  comparisonOf(blocks, {
    identities: perSide((side) => serverIdentity(request, side, contestants[side], sessionId)),
  });

const commits = { kind: 'commits', base: null, head: null } as const satisfies Opponents;
const images = {
  kind: 'images',
  images: { base: 'shop:1', head: 'shop:2' },
} as const satisfies Opponents;
const commands = {
  kind: 'commands',
  commands: { base: 'node old.js', head: 'node new.js' },
} as const satisfies Opponents;
const urls = {
  kind: 'urls',
  urls: { base: 'http://a:1', head: 'http://b:1/x?token=one' },
} as const satisfies Opponents;

const headEnvironment = (value: string): Partial<CompareRequest> => ({
  serverEnvironments: { base: {}, head: { FAULT: value } },
});

test.each<[string, CompareRequest, CompareRequest, Partial<Named>, Partial<Named>]>([
  ['another image', asked(images), asked({ ...images, images: { base: 'shop:1', head: 'shop:3' } }), {}, {}],
  [
    'another command',
    asked(commands),
    asked({ ...commands, commands: { base: 'node old.js', head: 'node newer.js' } }),
    {},
    {},
  ],
  [
    'another address',
    asked(urls),
    asked({ ...urls, urls: { base: 'http://a:1', head: 'http://b:2/x' } }),
    {},
    {},
  ],
  ['another commit', asked(commits), asked(commits), { commit: '1'.repeat(40) }, { commit: '2'.repeat(40) }],
  [
    'other changes that no commit has',
    asked(commits),
    asked(commits),
    { contentHash: '1' },
    { contentHash: '2' },
  ],
  ['another environment', asked(commits, headEnvironment('1')), asked(commits, headEnvironment('2')), {}, {}],
])('a confirmation of %s is refused, one of the same is not', (_what, first, other, named, otherNamed) => {
  const failed = firstOf(first, pair(named));
  expect(() => {
    assertSamePair(failed, first, pair(named));
  }).not.toThrow();
  expect(() => {
    assertSamePair(failed, other, pair({ label: 'another', ...otherNamed }));
  }).toThrow(/--confirm holds a comparison whose head is bbbbbbbbb, but this one's is another/u);
});

const settings = (names: readonly string[]): Partial<CompareRequest> => ({
  target: { ...target, serverEnvironment: Object.fromEntries(names.map((name) => [name, '1'])) },
});

test('another token in an address, and the order in which an environment is given, make no other server', () => {
  const first = firstOf(asked(urls, settings(['A', 'B'])));
  const again: Opponents = { ...urls, urls: { base: 'http://a:1', head: 'http://b:1/x?token=two' } };
  expect(() => {
    assertSamePair(first, asked(again, settings(['B', 'A'])), pair());
  }).not.toThrow();
});

test('servers of the same name that were started or reached otherwise are told apart in words', () => {
  expect(() => {
    assertSamePair(firstOf(asked(commits)), asked(commits, headEnvironment('1')), pair());
  }).toThrow(
    `--confirm holds a comparison whose head is bbbbbbbbb, as here, but with another environment, path or content. Check the same commits out, and name --base ${'a'.repeat(40)}.`,
  );
  expect(() => {
    assertSamePair(firstOf(asked(images)), asked(images, { target: { ...target, path: '/other' } }), pair());
  }).toThrow(
    '--confirm holds a comparison whose base is aaaaaaaaa (main), as here, but with another environment, path or content. Give both servers as they were given for the first one.',
  );
});

test('what processes showed is not confirmed by containers', () => {
  const first = firstOf(asked(commits));
  expect(() => {
    assertSameKind(first, 'process');
  }).not.toThrow();
  expect(() => {
    assertSameKind(first, 'containers');
  }).toThrow(/on the target process, but this one's is containers\. Add --target process/u);
});

const identityOf = (salt: string): string => serverIdentity(asked(images), 'head', { commit: null }, salt);

test('an identity is another one in every comparison, so that equal servers can not be told from outside', () => {
  expect(identityOf('one')).toMatch(/^[0-9a-f]{64}$/u);
  expect(identityOf('one')).not.toBe(identityOf('two'));
});
