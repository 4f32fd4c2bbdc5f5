import { expect, it } from 'vitest';
import { comparisonOf } from '../compare/testing/comparison-of.ts';
import { makeBlocks, makeUnclearBlocks } from '../compare/testing/make-block.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { comparisonProgress } from './comparison-progress.ts';
import { comparisonText } from './comparison-text.ts';

it('prints verdict, both servers, a row for each metric and the sentences of those that decide', () => {
  const lines = comparisonText(comparisonOf(makeBlocks(12, 1.1)));
  expect(lines.join('\n')).toMatchSnapshot();
});

it('never says that nothing changed where merely nothing was found', () => {
  const lines = comparisonText(comparisonOf(makeUnclearBlocks(28)));
  expect(lines[0]).toMatch(/^INCONCLUSIVE.*Not a pass\.$/u);
  expect(lines.join('\n')).not.toMatch(/no regression|unchanged|no change/iu);
});

it('says that a verdict about servers which were not restarted is a weaker one', () => {
  const [headline] = comparisonText(comparisonOf(makeBlocks(12, 1), { canRestart: false }));
  expect(headline).toMatch(/^PASS: .* A weaker verdict: the servers were not restarted between blocks\.$/u);
});

it('says what a confirmation makes of a failed comparison', () => {
  const confirms = comparisonOf(makeBlocks(12, 1.1));
  expect(comparisonText(comparisonOf(makeBlocks(12, 1.1), { confirms }))[0]).toMatch(/^FAIL, CONFIRMED/u);
  expect(comparisonText(comparisonOf(makeBlocks(12, 1), { confirms }))[0]).toBe(
    'NOT CONFIRMED: the first comparison failed by connect, ping, server-cpu, this one did not (pass). The build passes.',
  );
  expect(comparisonText(comparisonOf(makeUnclearBlocks(28), { confirms }))[0]).toMatch(
    /^NOT CONFIRMED: .* this one did not \(inconclusive\)\. The build passes, unless it is strict\.$/u,
  );
  const other = comparisonOf(makeBlocks(12, 1, { overloaded: 2 }), { confirms });
  expect(comparisonText(other)[0]).toMatch(
    /^NOT CONFIRMED: .* this one did not \(it failed by something else\)/u,
  );
});

it('says that a first failure is not the last word, and that one of a disarmed gate is none', () => {
  const first = comparisonText(comparisonOf(makeBlocks(12, 1.1), { isFirstOfTwo: true }))[0];
  expect(first).toMatch(/^FAIL: .* A second comparison on another machine decides/u);
  const disarmed = { gates: 40, failures: 6, since: '2026-11-20T03:00:00.000Z' };
  const untrusted = comparisonText(comparisonOf(makeBlocks(12, 1.1), { disarmed }))[0];
  expect(untrusted).toMatch(/^NOT TRUSTED: .* Since 2026-11-20 .* in 6 of 40 nightly gates .* FAIL/u);
});

it('shows text from outside literally in Markdown', () => {
  const markdown = comparisonMarkdown(
    comparisonOf(makeBlocks(12, 1), {
      label: '<script>alert(1)</script> | `x` [a](http://b) @everyone \u001b[31m',
    }),
  );
  for (const live of ['<script>', '\u{1b}', '@everyone', '[a](']) expect(markdown).not.toContain(live);
  expect(markdown).toContain('&lt;script&gt;');
});

it('shows the interval narrow while it runs, and dots before there is one', () => {
  const metric = { title: 'connect p50', better: 'lower' } as const;
  const line = (shift: { estimate: number; lower: number; upper: number } | null): string | undefined =>
    comparisonProgress({ blocks: 3, mostBlocks: 28, estimates: [{ ...metric, shift }] })[0];
  expect(line(null)).toBe('block 3 of at most 28 · connect p50 …');
  expect(line({ estimate: 0.01, lower: -0.02, upper: 0.04 })).toBe(
    'block 3 of at most 28 · connect p50 +1.0 % (−2.0 … +4.1 %)',
  );
});
