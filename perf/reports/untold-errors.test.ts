import { expect, test } from 'vitest';
import { connectTime } from '../harness/metrics/catalogue.ts';
import { below } from '../harness/thresholds/threshold.ts';
import { junitReport } from './junit.ts';
import { scenariosOfRecords } from './scenarios-of-records.ts';
import { makeRecord } from './testing/make-record.ts';
import { untoldErrors } from './untold-errors.ts';

const untrue = makeRecord({
  outcome: 'unjudged',
  validity: {
    conclusive: false,
    checks: [
      {
        name: 'start lag p95',
        unit: 'ms',
        observed: 80,
        limit: 50,
        passed: false,
        reason: 'Attempts began late.',
        remedy: 'Take a machine with less to do.',
      },
    ],
  },
});
const why =
  'Inconclusive: what held proves nothing, because the generator could not measure truly: start lag p95 80.0 ms ' +
  '(limit 50.0 ms). Take a machine with less to do.';

test('plain assertions that hold over a run that was not measured truly are no pass, and say why', () => {
  expect(untoldErrors('inconclusive', [makeRecord(), untrue])).toEqual([{ message: why, line: null }]);
  const interrupted = makeRecord({ interrupted: 'stopped by the user' });
  expect(untoldErrors('inconclusive', [interrupted])[0]?.message).toContain(
    'the run was stopped by the user',
  );
});

test('JUnit counts such a scenario as a failure', () => {
  const xml = junitReport(scenariosOfRecords([{ record: untrue, recordFile: 'record.json' }]));
  expect(xml).toMatch(/<testsuites [^>]*tests="1" failures="1"/u);
  expect(xml).toContain(`<failure message="${why}" type="inconclusive">`);
});

test('a promise whose failure the scenario caught is told from its record', () => {
  const threshold = below(connectTime, 'mean', 5);
  const record = makeRecord({ verdicts: [{ threshold, samples: 20, outcome: 'broken', observed: 10 }] });
  expect(untoldErrors('broken', [record])[0]?.message).toMatch(
    /^Promise broken: average connect time < 5\.0 ms\n/u,
  );
});

test('a scenario that asked for a load and ran none says so; one that held has nothing to say', () => {
  expect(untoldErrors('not-measured', [])[0]?.message).toMatch(/^Not measured: .*ran none/u);
  expect(untoldErrors('met', [makeRecord()])).toEqual([]);
  expect(untoldErrors('skipped', [])).toEqual([]);
});
