/** What an advisory of a package says, in a line. */
export interface Advisory {
  readonly name: string;
  readonly severity: string;
  readonly title: string;
  readonly url: string;
}

/** What came of asking the registry for advisories of the packages that are installed. */
export type AuditReading =
  | { readonly outcome: 'clean' }
  /** Those that are severe enough to be refused. */
  | { readonly outcome: 'found'; readonly advisories: readonly Advisory[] }
  /** Nobody could be asked: no network, or a registry that knows no advisories. */
  | { readonly outcome: 'unasked'; readonly reason: string }
  /** It is not the network that is missing. */
  | { readonly outcome: 'broken'; readonly reason: string };

const refusedSeverities: ReadonlySet<string> = new Set(['high', 'critical']);

/** What is wrong with the project rather than with the way to the registry. */
const ownFaults = /^(?:ENOLOCK|EUSAGE|EJSONPARSE|EAUDITNOPJSON|EAUDITNOLOCK)$/u;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** `via` names other packages by text alone: their own entries hold the advisories. */
const advisoriesOf = (vulnerability: unknown): Advisory[] => {
  if (!isObject(vulnerability) || !Array.isArray(vulnerability['via'])) return [];
  return vulnerability['via'].filter(isObject).map((advisory) => ({
    name: textOf(advisory['name']),
    severity: textOf(advisory['severity']),
    title: textOf(advisory['title']),
    url: textOf(advisory['url']),
  }));
};

/** Where the registry is, which may hold a password, is nobody's business. */
const withoutAddresses = (text: string): string => text.replaceAll(/(?: - [A-Z]+)?\s*https?:\/\/\S+/gu, '');

const readFailure = (answer: unknown, stderr: string): AuditReading => {
  const error = isObject(answer) && isObject(answer['error']) ? answer['error'] : {};
  const said =
    textOf(error['summary']) || (isObject(answer) ? textOf(answer['message']) : '') || stderr.trim();
  const [reason = ''] = (said || 'npm audit printed nothing').split('\n');
  return {
    outcome: ownFaults.test(textOf(error['code'])) ? 'broken' : 'unasked',
    reason: withoutAddresses(reason),
  };
};

/** Reads what `npm audit --json` printed (report version 2). */
export const readAudit = (stdout: string, stderr: string): AuditReading => {
  const answer = parse(stdout);
  if (!isObject(answer) || !isObject(answer['vulnerabilities'])) return readFailure(answer, stderr);
  const advisories = Object.values(answer['vulnerabilities'])
    .flatMap(advisoriesOf)
    .filter(({ severity }) => refusedSeverities.has(severity));
  return advisories.length === 0 ? { outcome: 'clean' } : { outcome: 'found', advisories };
};
