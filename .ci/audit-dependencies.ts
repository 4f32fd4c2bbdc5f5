import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { readAudit, type AuditReading } from './read-audit.ts';

// node .ci/audit-dependencies.ts
// Exits with 1 on an advisory of severity high or critical against what the published package brings along. Where the registry
// can not be asked, it warns and passes: a check must not depend on a network.

const longestMs = 5_000;
const answerWithinMs = 3_000;

const question = [
  'audit',
  '--json',
  '--package-lock-only',
  // What users get: neither what builds it, nor the test runner that they choose themselves.
  '--omit=dev',
  '--omit=peer',
  // Offline, npm finds no fault with anything.
  '--offline=false',
  '--fetch-retries=0',
  `--fetch-timeout=${String(answerWithinMs)}`,
];

// npm tells its scripts where it is; without it, the one on the PATH.
const npmCommand = (): readonly [string, ...string[]] => {
  const npm = process.env['npm_execpath'];
  return npm !== undefined && npm.endsWith('.js') ? [process.execPath, npm] : ['npm'];
};

const audit = async (): Promise<AuditReading> => {
  const [command, ...before] = npmCommand();
  const npm = spawn(command, [...before, ...question], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(npm.stdout),
    text(npm.stderr),
    once(npm, 'close') as Promise<[number | null]>,
  ]);
  return exitCode === null
    ? { outcome: 'unasked', reason: `no answer within ${String(longestMs / 1_000)} s` }
    : readAudit(stdout, stderr);
};

const reading = await audit().catch((error: unknown): AuditReading => ({
  outcome: 'broken',
  reason: `npm could not be started: ${String(error)}`,
}));
switch (reading.outcome) {
  case 'clean':
    break;
  case 'unasked':
    process.stderr.write(
      `WARNING: dependencies were not audited, the registry can not be asked: ${reading.reason}\n`,
    );
    break;
  case 'found':
    for (const { severity, name, title, url } of reading.advisories)
      process.stderr.write(`${severity}: ${name}: ${title} ${url}\n`);
    process.stderr.write('Update what is named ("npm audit fix"), or replace what depends on it.\n');
    process.exitCode = 1;
    break;
  case 'broken':
    process.stderr.write(`Dependencies can not be audited: ${reading.reason}\n`);
    process.exitCode = 1;
    break;
  default:
    reading satisfies never;
}
