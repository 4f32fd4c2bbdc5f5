import type { TargetRequest } from '../../fixtures/targets/index.ts';

/** Who starts the server: a kind of target (`auto` may come to be either of ours), or a command of the user's. */
export type StartedAs = TargetRequest['kind'] | 'command';

const remedy = (byAddress: string): string =>
  `Start that server yourself and measure it by its address (${byAddress}), or leave this out.`;

const ofTokens = (byAddress: string): string =>
  `is not heeded: the suite signs its tokens with a secret of its own, drawn for each run. ${remedy(`${byAddress} with --token or --token-file`)}`;

const ofAddress = (byAddress: string): string =>
  `is not heeded: the suite has the server listen where it looks for it. ${remedy(byAddress)}`;

/** By name, what to say of a variable that the suite sets itself: a value of the user's would change nothing. */
const setByTheSuite: ReadonlyMap<string, (byAddress: string) => string> = new Map([
  ['HOST', ofAddress],
  ['PORT', ofAddress],
  ['JWT_SECRET', ofTokens],
  ['JWT_SECRET_FILE', ofTokens],
  ['JWT_ALGORITHMS', ofTokens],
  ['INSTANCE_ID', () => 'is not heeded: the suite names the instances itself. Leave it out.'],
]);

const ofRedis =
  'is for --target process: containers bring a Redis of their own (--redis-image). Add --target process, or leave this out.';

/** Why a variable can not be had; null where it can. */
const refusal = (name: string, startedAs: StartedAs, byAddress: string): string | null => {
  // That there is no server to be started is said of the option as a whole.
  if (startedAs === 'external') return null;
  // A command is told its port, and nothing else.
  if (startedAs === 'command') return name === 'PORT' ? ofAddress(byAddress) : null;
  if (/^REDIS_URL(?:_FILE)?$/u.test(name)) return startedAs === 'process' ? null : ofRedis;
  return setByTheSuite.get(name)?.(byAddress) ?? null;
};

/** The environment of the reference server, from `NAME=VALUE`; what the suite would not heed is a problem. */
export const readServerEnvironment = (
  given: readonly string[],
  problems: string[],
  {
    startedAs,
    option = '--server-env',
    byAddress = '--url',
  }: {
    readonly startedAs: StartedAs;
    readonly option?: string;
    /** How a server that runs already is named instead. */
    readonly byAddress?: string;
  },
): Readonly<Record<string, string>> => {
  const environment: Record<string, string> = {};
  for (const [index, assignment] of given.entries()) {
    const { name, value } = /^(?<name>[A-Za-z_]\w*)=(?<value>.*)$/su.exec(assignment)?.groups ?? {};
    if (name === undefined || value === undefined) {
      problems.push(
        `${option} number ${String(index + 1)} is not of the form NAME=VALUE, such as FAULT_HANDSHAKE_DELAY_MS=700.`,
      );
      continue;
    }
    const refused = refusal(name, startedAs, byAddress);
    // The value is not shown, because it may be a secret.
    if (refused === null) environment[name] = value;
    else problems.push(`${option} ${name}=… ${refused}`);
  }
  return environment;
};
