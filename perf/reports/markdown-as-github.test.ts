import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { comparisonOf } from '../compare/testing/comparison-of.ts';
import { makeBlocks, makeUnclearBlocks } from '../compare/testing/make-block.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { githubSummary } from './github-summary.ts';
import { comparisonComment } from './github/comparison-comment.ts';
import { codeBlock, escapeMarkdown, markdownRow } from './markdown.ts';
import { printable, printableLine } from './printable.ts';
import { scenarioBlocks } from './scenario-blocks.ts';
import { hostileText } from './testing/hostile-text.ts';
import { makeRecord, makeScenario, makeSession } from './testing/make-record.ts';

// What Markdown becomes, by a parser of GitHub's flavour (https://github.github.com/gfm/), which lets HTML through as it stands.

const render = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

/** The elements of HTML, one after another. */
const tagsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<\/?[a-z][^\s>]*/giu)].map(([tag]) => tag);

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
};

/** The text that is seen. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll('\u200B', '')
    .replaceAll(/&(?:lt|gt|quot|amp);/gu, (entity) => entities[entity] ?? '');

const markup = oneof(
  constantFrom(
    hostileText,
    '- [x] a',
    '1. a',
    '+ a',
    '---',
    '===',
    '***',
    '    a',
    '# a',
    '> a',
    '| a |',
    '\\',
  ),
  string({ unit: constantFrom(...Array.from('*_~`[]()<>#|!&@:/-+=.1\\ \ta\n^{}"\'')) }),
  string({ unit: 'binary' }),
);

/** Where a text may stand: what is written there, and the elements that it becomes. */
const places: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
  ['in a paragraph', (text) => text, ['<p', '</p']],
  ['in a list', (text) => `- ${text}`, ['<ul', '<li', '</li', '</ul']],
  ['in a heading', (text) => `#### ${text}`, ['<h4', '</h4']],
  ['in a quotation', (text) => `> ${text}`, ['<blockquote', '<p', '</p', '</blockquote']],
  ['in bold type', (text) => `**${text}**`, ['<p', '<strong', '</strong', '</p']],
];

test.each(places)('whatever a text is, %s it is that text', (_place, put, elements) => {
  assert(
    property(markup, (text) => {
      // What stands in bold type is a sentence: it begins and ends with a word.
      const said = `a ${printableLine(text)} b`;
      for (const shown of put('x').startsWith('**') ? [said] : [said, printableLine(text)]) {
        if (shown === '') continue;
        const html = render(put(escapeMarkdown(shown)));
        expect(tagsOf(html)).toEqual(elements);
        expect(textOf(html).trim()).toBe(printableLine(shown));
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever the cells of a table are, they are cells of it', () => {
  assert(
    property(markup, markup, (a, b) => {
      const cells = [a, b].map(escapeMarkdown);
      const html = render(
        [markdownRow(['x', 'y']), markdownRow([':--', '--:']), markdownRow(cells)].join('\n'),
      );
      const found = [...html.matchAll(/<td[^>]*>(?<cell>.*?)<\/td>/gsu)].map(
        ({ groups }) => groups?.['cell'],
      );
      expect(found.map((cell) => textOf(cell ?? ''))).toEqual([a, b].map(printableLine));
      expect(found.flatMap((cell) => tagsOf(cell ?? ''))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('whatever is in a block of code stays in it', () => {
  assert(
    property(markup, (text) => {
      const html = render([...codeBlock(text), '', 'after'].join('\n'));
      expect(tagsOf(html)).toEqual(['<pre', '<code', '</code', '</pre', '<p', '</p']);
      const code = /<code[^>]*>(?<code>.*)<\/code>/su.exec(html)?.groups?.['code'] ?? '';
      expect(textOf(code).replace(/\n$/u, '')).toBe(printable(text).replaceAll('\u200B', ''));
    }),
    { numRuns: 300 },
  );
});

const failing = (text: string): ReturnType<typeof makeScenario> =>
  makeScenario({
    outcome: 'failed',
    title: text,
    reason: text,
    errors: [{ message: text, line: 1 }],
    records: [makeRecord({ grade: { word: 'poor', indicators: [{ name: 'n', text, grade: 'poor' }] } })],
  });

const runUrl = 'https://github.com/a/b/actions/runs/1';

/** Everything that is Markdown, of a text that comes from elsewhere. */
const documents: Readonly<Record<string, (text: string) => string>> = {
  'the job summary of a run': (text) =>
    githubSummary(
      makeSession({
        target: { label: text, notices: [text, text] },
        faults: [text],
        scenarios: [failing(text), makeScenario(), failing(text)],
      }),
    ),
  'a report of records': (text) => scenarioBlocks([failing(text), makeScenario()]).join('\n'),
  'the job summary of a comparison': (text) =>
    comparisonMarkdown({
      ...comparisonOf(makeUnclearBlocks(28), { label: text }),
      notices: [text],
      command: text,
    }),
  'the comment on a pull request': (text) => {
    const first = {
      ...comparisonOf(makeBlocks(12, 1.1), { label: text, isFirstOfTwo: true }),
      notices: [text],
      command: text,
    };
    return comparisonComment({ first, confirmation: { ...first, awaitsConfirmation: false }, runUrl });
  },
};

test.each(Object.entries(documents))('%s has the same elements, whatever is said in it', (_name, make) => {
  const harmless = tagsOf(render(make('harmless')));
  expect(harmless).toContain('<table');
  expect(harmless).toContain('<code');
  expect(tagsOf(render(make(hostileText)))).toEqual(harmless);
  expect(tagsOf(render(make('- a\n| b | c\n```\n\n<details>\n\n[x]: https://evil.example\n')))).toEqual(
    harmless,
  );
});

test('the table of a summary has a row for each scenario, and a cell for each column', () => {
  const html = render(documents['the job summary of a run']?.(hostileText) ?? '');
  const rows = [...html.matchAll(/<tr>.*?<\/tr>/gsu)].map(([row]) => row.match(/<t[hd]/gu)?.length);
  expect(rows).toEqual([8, 8, 8, 8]);
});

test('the chart of a summary is a block of Mermaid, and the links of a comment lead to the run', () => {
  expect(render(documents['the job summary of a run']?.(hostileText) ?? '')).toMatch(
    /<code class="language-mermaid">%%\{init: .*\}%%\nxychart-beta horizontal\n/u,
  );
  const links = render(documents['the comment on a pull request']?.(hostileText) ?? '').matchAll(
    /href="(?<to>[^"]*)"/gu,
  );
  expect([...links].map(({ groups }) => groups?.['to'])).toEqual([runUrl]);
});
