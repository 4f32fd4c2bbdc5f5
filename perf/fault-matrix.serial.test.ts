import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCommand } from './cli/testing/run-command.ts';
import { runUntilConclusive } from './cli/testing/run-until-conclusive.ts';

// Every threshold can fail: each fault of the reference server breaks the scenario that guards against it, with the
// reason in the message. The command line is run as a user runs it.

const root = fileURLToPath(new URL('..', import.meta.url));

interface Fault {
  readonly fault: string;
  readonly environment: string;
  readonly scenario: string;
  readonly options?: readonly string[];
  /** What the output has to say, in this order. */
  readonly says: readonly string[];
}

const quick = ['--connections', '10', '--delay', '0.02', '--hold', '1'];

const faults: readonly Fault[] = [
  {
    fault: 'a handshake that takes 700 ms',
    environment: 'FAULT_HANDSHAKE_DELAY_MS=700',
    scenario: 'basic',
    options: quick,
    says: ['Promise broken: average connect time < 500 ms', 'work during connection set-up'],
  },
  {
    fault: 'every 10th upgrade refused',
    environment: 'FAULT_REJECT_EVERY_NTH_UPGRADE=10',
    scenario: 'basic',
    options: ['--connections', '40', '--delay', '0.01', '--hold', '1'],
    says: ['Promise broken: success rate > 95.0 %', 'overloaded 4 (HTTP 503)', 'server overload'],
  },
  {
    fault: 'no initial messages',
    environment: 'FAULT_WITHHOLD_INITIAL_MESSAGES=1',
    scenario: 'basic',
    options: quick,
    says: [
      'Promise broken: initial messages ≥ 100.0 %',
      'no-initial-message 10',
      'initial messages are missing',
    ],
  },
  {
    fault: 'connections dropped while they are held',
    environment: 'FAULT_DROP_CONNECTIONS_AFTER_MS=500',
    scenario: 'basic',
    options: quick,
    says: [
      'Promise broken: stable connections > 95.0 %',
      'dropped 10 (close 1006)',
      'closed held connections',
    ],
  },
  {
    fault: 'an upgrade that is never answered',
    environment: 'FAULT_NEVER_ANSWER_UPGRADE=1',
    scenario: 'basic',
    options: [...quick, '--timeout', '1'],
    says: ['Promise broken: success rate > 95.0 %', 'handshake-timeout 10', 'did not answer in time'],
  },
  {
    fault: 'busy work for each handshake',
    environment: 'FAULT_BURN_CPU_PER_HANDSHAKE_MS=300',
    scenario: 'basic',
    options: quick,
    says: ['Promise broken: average connect time < 500 ms', 'CPU per handshake'],
  },
  {
    fault: 'busy work for each message',
    environment: 'FAULT_BURN_CPU_PER_MESSAGE_MS=15',
    scenario: 'messages',
    options: ['--connections', '20', '--hold', '1.5'],
    says: ['Promise broken: p95 ping round trip < 100 ms', 'event loop is busy'],
  },
  {
    fault: 'quotes that are skipped',
    environment: 'FAULT_SKIP_EVERY_NTH_QUOTE=10',
    scenario: 'messages',
    options: ['--connections', '20', '--hold', '1.5'],
    says: ['Promise broken: quotes lost ≤ 0', 'the server skips messages'],
  },
  {
    fault: 'quotes that reach some clients late',
    environment: 'FAULT_DELAY_TENTH_CLIENT_MS=200',
    scenario: 'fan-out',
    options: ['--connections', '20', '--hold', '2.5'],
    says: [
      '✗ p95 fan-out skew < 50.0 ms: observed 2',
      '✗ p95 quote latency < 100 ms: observed 2',
      'Promise broken: p95 fan-out skew < 50.0 ms',
      'some clients are served long after others',
      'Promise broken: p95 quote latency < 100 ms',
      'quotes wait on their way',
    ],
  },
  {
    fault: 'quotes that do not reach every client',
    environment: 'FAULT_DELAY_TENTH_CLIENT_MS=60000',
    scenario: 'fan-out',
    options: ['--connections', '20', '--hold', '2.5'],
    says: [
      'Promise broken: quotes that reached every client ≥ 100.0 %',
      'observed 0.0 %',
      'some clients do not receive every quote',
    ],
  },
  {
    fault: 'clients that are dropped',
    environment: 'FAULT_DROP_CONNECTIONS_AFTER_MS=1800',
    scenario: 'fan-out',
    options: ['--connections', '20', '--hold', '2.5'],
    says: ['Promise broken: stable connections ≥ 100.0 %', 'closed held connections'],
  },
  {
    fault: 'memory that leaks for each open connection',
    environment: 'FAULT_LEAK_BYTES_PER_CONNECTION_SECOND=100000',
    scenario: 'memory',
    says: ['Promise broken: server memory growth < 1.00 MiB/s', 'a leak for each open connection'],
  },
  {
    fault: 'bad tokens answered with something else than 401',
    environment: 'FAULT_REJECT_EVERY_NTH_UPGRADE=2',
    scenario: 'auth',
    says: ['Promise broken: refused as unauthorized ≥ 100.0 %', 'overloaded 35 (HTTP 503)'],
  },
  {
    fault: 'no room for more than 95 connections',
    environment: 'MAX_CONNECTIONS=95',
    scenario: 'capacity',
    options: ['--start-capacity', '80', '--max-capacity', '120', '--capacity-step', '20'],
    says: ['Promise broken: capacity > 100 connections', 'overloaded'],
  },
];

/** The output on one line, so that a wrapped sentence is still found. */
const unwrap = (output: string): string => output.replaceAll(/\s+/gu, ' ');

test.for(faults)('$scenario fails on $fault', async ({ environment, scenario, options = [], says }) => {
  const server = ['--target', 'process', '--server-env', environment];
  const { exitCode, stdout } = await runUntilConclusive(() =>
    runCommand(['run', scenario, ...server, ...options], { cwd: root }),
  );
  let rest = unwrap(stdout);
  for (const words of says) {
    expect(rest, stdout).toContain(words);
    rest = rest.slice(rest.indexOf(words));
  }
  expect(exitCode, stdout).toBe(1);
});
