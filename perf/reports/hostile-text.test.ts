import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import type { AttemptLine } from '../harness/record/attempt-line.ts';
import { comparisonOf } from '../compare/testing/comparison-of.ts';
import { makeBlocks } from '../compare/testing/make-block.ts';
import { subscribeTo } from '../harness/load/behaviour.ts';
import { connectTime } from '../harness/metrics/catalogue.ts';
import { below } from '../harness/thresholds/threshold.ts';
import { assessSeries } from '../tracking/history/assess-series.ts';
import { seriesOf } from '../tracking/history/series.ts';
import { makeScenariosRecord } from '../tracking/history/testing/make-history-record.ts';
import { comparisonText } from './comparison-text.ts';
import { writeCsv } from './csv.ts';
import { githubSummary, summaryLimitBytes } from './github-summary.ts';
import { comparisonAnnotations } from './github/comparison-annotations.ts';
import { scenarioAnnotations } from './github/scenario-annotations.ts';
import { historyPage } from './history/history-page.ts';
import { renderRunPage } from './html/run-page.ts';
import { renderSessionPage } from './html/session-page.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { renderers } from './render-report.ts';
import { scenarioSection } from './scenario-section.ts';
import type { SessionResult } from './session-result.ts';
import { hostileText } from './testing/hostile-text.ts';
import { makeRecord, makeScenario, makeSession } from './testing/make-record.ts';
import { textReport } from './text.ts';

/** A session in which every text that comes from outside says this. */
const sayingEverywhere = (text: string): SessionResult => {
  const threshold = below(connectTime, 'mean', 500);
  const record = makeRecord({
    target: { ...makeRecord().target, label: text, url: text, notices: [text] },
    profile: { ...makeRecord().profile, whileOpen: subscribeTo(text) },
    failures: [{ reason: 'dropped', status: null, closeCode: 4000, detail: text, count: 3 }],
    verdicts: [{ threshold, samples: 0, outcome: 'inconclusive', observed: null, reason: text }],
    outcome: 'inconclusive',
    server: { samples: [], statisticsBefore: null, statisticsAfter: null, differences: [text] },
    interrupted: text,
    endedEarly: { atMs: 1, savedMs: 1, promise: text, reason: text },
  });
  const errors = [{ message: text, line: 3 }];
  return makeSession({
    target: { label: text, notices: [text] },
    faults: [text],
    scenarios: [makeScenario({ outcome: 'failed', title: text, reason: text, errors, records: [record] })],
  });
};

const megabyte = hostileText.padEnd(1_048_576, '<b>=1`');
const said = [
  ['a hostile text', hostileText],
  ['a megabyte of it', megabyte],
] as const;

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E]/u;
const runnerCommand = /^\s*::[\w-]|##\[/mu;

/** Formats of plain lines, which a terminal or a log shows. */
const lineFormats = {
  text: textReport,
  terminal: ({ scenarios }: SessionResult) =>
    scenarios.flatMap((one) => scenarioSection(one, picocolors.createColors(false))).join('\n'),
  summary: (session: SessionResult) => githubSummary(session),
  markdown: ({ scenarios }: SessionResult) => renderers.markdown({ sessions: [], scenarios }),
};

test.each(
  Object.entries(lineFormats).flatMap(([format, render]) =>
    said.map(([what, text]) => ({ format, what, text, render })),
  ),
)(
  '$format with $what holds no control character and no command of a runner, and has an end',
  ({ text, render }) => {
    const rendered = render(sayingEverywhere(text));
    expect(control.exec(rendered)).toBeNull();
    expect(runnerCommand.exec(rendered)).toBeNull();
    expect(rendered).toContain('cmd()');
    expect(rendered.length).toBeLessThan(150_000);
  },
);

test.each(said)('Markdown shows %s as text: nothing outside of a block of code is markup', (_what, text) => {
  const outside = githubSummary(sayingEverywhere(text)).replaceAll(/^(?<fence>`{3,})[^]*?^\k<fence>$/gmu, '');
  expect(outside).toContain('cmd\\(\\)');
  expect(outside).not.toMatch(/<|@|:\/\/|(?<!\\)`|(?<!\\)\[/u);
});

test('a summary with many long failures keeps to GitHub’s limit, and says what it leaves out', () => {
  const scenarios = Array.from({ length: 200 }, () => sayingEverywhere(megabyte).scenarios).flat();
  const summary = githubSummary(makeSession({ scenarios }));
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(summaryLimitBytes);
  expect(summary).toMatch(/\d+ more are left out/u);
});

test.each(said)('an annotation of %s is one line', (_what, text) => {
  const lines = scenarioAnnotations(sayingEverywhere(text).scenarios, 'a,b:c');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^::error title=[^:,\n\r]*,file=a%2Cb%3Ac\/perf\/basic\.perf\.ts,line=3::[^\n\r]*$/u,
  );
  expect(lines[0]?.length).toBeLessThan(20_000);
});

test.each(said)('JUnit XML of %s is well-formed, and shows it as text', (_what, text) => {
  const { scenarios, faults } = sayingEverywhere(text);
  const strict = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(message);
    },
  });
  const xml = junitReport(scenarios, faults);
  expect(control.exec(xml)).toBeNull();
  const document = strict.parseFromString(xml, 'text/xml');
  expect(document.getElementsByTagName('script')).toHaveLength(0);
  expect(document.getElementsByTagName('failure')[0]?.textContent).toContain('<script>alert(1)</script>');
});

test.each(said)('JSON of %s is read back as it was', (_what, text) => {
  const session = sayingEverywhere(text);
  expect(JSON.parse(jsonReport(session, 1))).toMatchObject({
    faults: session.faults,
    target: session.target,
  });
});

test.each(said)('a CSV of %s is one row that computes nothing', async (_what, text) => {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  const [attemptsFile, file] = [join(folder, 'attempts.ndjson'), join(folder, 'out.csv')];
  const failure = { reason: 'dropped', status: null, closeCode: 4000, detail: text } as const;
  const attempt: AttemptLine = {
    index: 0,
    dueAtMs: 0,
    outcome: 'failed',
    startedAtMs: 0,
    failedAtMs: 1,
    failure,
  };
  await writeFile(attemptsFile, JSON.stringify(attempt));
  await writeCsv(createWriteStream(file), [{ record: makeRecord(), attemptsFile }]);
  const csv = await readFile(file, 'utf8');
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(control.exec(csv.replaceAll('\r\n', ''))).toBeNull();
  expect(csv).toContain(`"'=cmd() <script>`);
  expect(csv.length).toBeLessThan(5_000);
});

const tags = (page: string): number => [...page.matchAll(/<[a-z!/]/giu)].length;

const pagesOf = (text: string): readonly string[] => {
  const session = sayingEverywhere(text);
  const runs = session.scenarios.flatMap(({ records }) => records);
  return [...runs.map((run) => renderRunPage(run, [text])), renderSessionPage(session, () => 'run.html')];
};

test.each(said)('pages of %s have the elements of a harmless one, and no other', (_what, text) => {
  expect(pagesOf(text).map(tags)).toEqual(pagesOf('harmless').map(tags));
});

const historyPageOf = (title: string): string => {
  const record = makeScenariosRecord();
  const scenarios = record.scenarios.map((scenario) => Object.assign(scenario, { title }));
  const records = [{ ...record, scenarios }];
  return historyPage(
    seriesOf(records).map((series) => assessSeries(series, records)),
    { commitUrl: null, madeAt: new Date(0) },
  );
};

test('a page of the history shows a hostile title as text', () => {
  const page = historyPageOf(hostileText);
  expect(tags(page)).toBe(tags(historyPageOf('harmless')));
  expect(control.exec(page)).toBeNull();
});

test.each(said)('a comparison of a server called %s is told in lines that obey to nobody', (_what, text) => {
  const comparison = { ...comparisonOf(makeBlocks(12, 1.1), { label: text }), notices: [text] };
  const printed = comparisonText(comparison).join('\n');
  expect(control.exec(printed)).toBeNull();
  expect(runnerCommand.exec(printed)).toBeNull();
  expect(printed.length).toBeLessThan(20_000);
  const annotations = comparisonAnnotations(comparison);
  expect(annotations).toHaveLength(1);
  expect(annotations[0]).toMatch(/^::error title=[^\n\r]*::[^\n\r]*$/u);
});
