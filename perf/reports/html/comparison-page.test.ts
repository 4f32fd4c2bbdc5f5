import { expect, test } from 'vitest';
import { comparisonOf } from '../../compare/testing/comparison-of.ts';
import { makeBlocks, makeUnclearBlocks } from '../../compare/testing/make-block.ts';
import { renderComparisonPage } from './comparison-page.ts';
import { chartsOf } from './testing/charts-of.ts';

test('the verdict comes first, and the sentence of each metric beside its charts', () => {
  const comparison = comparisonOf(makeBlocks(12, 1.1));
  const page = renderComparisonPage(comparison);
  expect(page).toMatch(/<main>\s*<div class="verdict broken"><strong>.*?FAIL: head is worse than base\./u);
  for (const { title, sentence } of comparison.metrics.filter(({ isGated }) => isGated)) {
    expect(page).toContain(`<h2>${title}</h2>\n<p>${sentence}</p>`);
  }
});

test('each block is drawn as head’s change against base, beside the estimate and what it is judged by', () => {
  const [blocks] = chartsOf(renderComparisonPage(comparisonOf(makeBlocks(12, 1.1))));
  expect(blocks).toMatchObject({ id: 'connect-blocks', at: Array.from({ length: 12 }, (_none, n) => n + 1) });
  expect(blocks?.series[0]?.values[0]).toBeCloseTo(Math.log(1.1), 10);
  expect(blocks?.limits).toMatchObject([
    { value: 0 },
    { value: Math.log1p(0.03), text: 'fails from +3 %' },
    { value: Math.log1p(0.05), text: 'tolerance +5 %' },
  ]);
});

test('the operations of base and of head lie over each other', () => {
  const comparison = comparisonOf(makeBlocks(12, 1.1));
  const chart = chartsOf(renderComparisonPage(comparison)).find(({ id }) => id === 'connect-distribution');
  const { base, head } = comparison.metrics[0]?.distributions ?? {};
  expect(chart?.at[2]).toBe(1);
  expect(chart?.series.map(({ label, values }) => [label, values[2]])).toEqual([
    ['base', base?.p90],
    ['head', head?.p90],
  ]);
});

test('the interval is drawn against its limits, and says the same in words', () => {
  const page = renderComparisonPage(comparisonOf(makeUnclearBlocks(28)));
  expect(page).toMatch(
    /role="img" aria-label="connect p50: \+\d.* %, interval −\d.* … \+\d.* %, fails from \+3 %, tolerance \+5 %"/u,
  );
});

test('what a branch is called is shown as text', () => {
  const page = renderComparisonPage(
    comparisonOf(makeBlocks(12, 1), { label: '</script><script>alert(1)</script>' }),
  );
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('&lt;script&gt;alert(1)');
});
