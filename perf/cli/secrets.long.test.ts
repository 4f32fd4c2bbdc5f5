import { describe, expect, test } from 'vitest';
import { findContainerRuntime } from '../../fixtures/targets/container-runtime.ts';
import { plainServerCommand } from '../compare/testing/plain-contestant.ts';
import { makeProject } from './testing/make-project.ts';
import { leaksIn, markedSecret, runAndLook } from './testing/secret-traces.ts';

const runtime = await findContainerRuntime();
const isRequired = process.env['PERF_REQUIRE_CONTAINERS'] === '1';

describe.skipIf(process.platform !== 'linux')('no secret and no token stands', () => {
  test('in anything that a comparison of two commands prints or writes', async () => {
    const cwd = await makeProject({});
    const [apiKey, header, password] = [
      markedSecret('api'),
      markedSecret('header'),
      markedSecret('password'),
    ];
    const files = { json: 'all.json', markdown: 'all.md', html: 'all.html' };
    const traces = await runAndLook(
      [
        'compare',
        '--gate=connect',
        `--header=Authorization: Bearer ${header}`,
        `--base-command=API_KEY=${apiKey} ${plainServerCommand}`,
        `--head-command=BURN_MS=1 ${plainServerCommand} --db redis://u:${password}@cache:6379`,
        ...Object.entries(files).flatMap(([option, file]) => [`--${option}`, file]),
      ],
      { cwd },
    );
    const wrote = [...traces.texts.keys()];
    expect(wrote).toEqual(expect.arrayContaining(Object.values(files)));
    expect(wrote).toContainEqual(expect.stringMatching(/^\.perf\/comparisons\/.*\.json$/u));
    expect(traces.texts.get('stdout')).toContain('API_KEY=[token]');
    expect(traces.texts.get('all.json')).toContain('redis://u:[token]@cache');
    // A command that starts a server stands in the list of processes as it was typed.
    const withoutCommands = {
      ...traces,
      commandLines: new Set<string>(),
      otherCommandLines: new Set<string>(),
    };
    expect(leaksIn(withoutCommands, [apiKey, header, password])).toEqual([]);
    expect(leaksIn(traces, [header])).toEqual([]);
  });

  test.skipIf(runtime === null && !isRequired)(
    'in anything that a run on several containers behind nginx prints, writes and logs',
    async () => {
      const cwd = await makeProject({
        basic: `test('connects', async ({ load, tokens }) => {
          expect(await load(few)).toMeet(below(connectTime, 'p50', 60_000));
          await load(few, { tokens: Object.values(tokens.bad()), isGraded: false });
        });`,
      });
      const [password, header] = [markedSecret('password'), markedSecret('header')];
      const traces = await runAndLook(
        [
          'run',
          'basic',
          '--target=containers',
          '--instances=2',
          `--header=X-Api-Key: ${header}`,
          '--html=all.html',
          '--json=all.json',
          '--junit=all.xml',
          '--server-env=LOG_LEVEL=trace',
          `--server-env=DEMO_USERS=ada:${password}`,
        ],
        { cwd },
      );
      const logs = [...traces.texts.keys()].filter((file) => file.endsWith('.log'));
      for (const name of ['instance-1', 'instance-2', 'nginx', 'redis'])
        expect(logs).toContainEqual(expect.stringMatching(new RegExp(`/${name}\\.log$`, 'u')));
      const upgrades = logs.map((file) => traces.texts.get(file) ?? '').join('\n');
      expect(upgrades).toContain('upgrade failed');
      expect(leaksIn(traces, [password, header])).toEqual([]);
    },
  );
});
