import { expect, test } from 'vitest';
import { readAudit } from './read-audit.ts';

const advisory = (name: string, severity: string) => ({
  source: 1,
  name,
  dependency: name,
  title: `something in ${name}`,
  url: `https://advisories.example/${name}`,
  severity,
  range: '<2',
});

const report = (vulnerabilities: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: {} });

test('a report without vulnerabilities is clean', () => {
  expect(readAudit(report({}), '')).toEqual({ outcome: 'clean' });
});

test.for(['info', 'low', 'moderate'])('an advisory of severity %s is let through', (severity) => {
  expect(readAudit(report({ a: { severity, via: [advisory('a', severity)] } }), '')).toEqual({
    outcome: 'clean',
  });
});

test.for(['high', 'critical'])(
  'an advisory of severity %s is found, once, whoever depends on it',
  (severity) => {
    const vulnerabilities = {
      a: { severity, via: [advisory('a', severity), advisory('a', 'low')] },
      b: { severity, via: ['a'] },
    };
    expect(readAudit(report(vulnerabilities), '')).toEqual({
      outcome: 'found',
      advisories: [{ name: 'a', severity, title: 'something in a', url: 'https://advisories.example/a' }],
    });
  },
);

test.for([
  [
    '{"message":"request failed, reason: ECONNREFUSED","error":{"code":"ECONNREFUSED"}}',
    '',
    'request failed',
  ],
  [
    '{"error":{"code":"ENOAUDIT","summary":"the registry knows no audit"}}',
    '',
    'the registry knows no audit',
  ],
  ['', 'npm error network\nnpm error more', 'npm error network'],
  [
    '{"message":"405 Method Not Allowed - POST https://u:p@registry.example/bulk"}',
    '',
    '405 Method Not Allowed',
  ],
  ['', '', 'npm audit printed nothing'],
  ['<html>', 'npm error', 'npm error'],
] as const)('%j with %j is a registry that could not be asked', ([stdout, stderr, reason]) => {
  expect(readAudit(stdout, stderr)).toEqual({
    outcome: 'unasked',
    reason: expect.stringMatching(new RegExp(`^${reason}(?!.*//)`, 'u')) as unknown,
  });
});

test('a project without a lock file is broken, and no missing network', () => {
  const said = '{"error":{"code":"ENOLOCK","summary":"This command requires an existing lockfile."}}';
  expect(readAudit(said, '')).toEqual({
    outcome: 'broken',
    reason: 'This command requires an existing lockfile.',
  });
});
