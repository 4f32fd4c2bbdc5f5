/** Where secrets may stand in what a command was told about a server. */
export interface SecretPlaces {
  readonly tokens: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Address of the server, with whatever query it has. */
  readonly url?: string | null;
  /** Environment of servers that are started here. */
  readonly environments?: readonly Readonly<Record<string, string>>[];
  /** Command lines that start servers. */
  readonly commands?: readonly string[];
}

const namesASecret = /auth|cookie|credential|key|pass|secret|session|signature|token|users/iu;
/** A limit, a time or a switch, as of `MAX_TOKEN_BYTES`: to take it out would damage what is written. */
const isPlain = /^(?:\d{1,10}(?:\.\d+)?|true|false|yes|no|on|off|none|null|enabled|disabled)$/iu;
/** The secret itself, and not its size, its age or so many per key, as of `TOKEN_TTL_SECONDS`. */
const namesNothingElse = /(?<!per[-_]?)(?:auth|key|pass(?:word|wd|phrase)?|secret|token)$/iu;
/** Longer than the numbers of dates, ports and most counts: taken out of every text, it hardly takes anything else with it. */
const longNumber = /^\d{6,}$/u;
/** Letters and digits in one long word: an identifier, if it is no key. */
const looksDrawn = /^(?=\S*\d)(?=\S*[a-z])(?!\w+:\/\/)\S{16,}$/iu;
const shortestPart = 8;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** `Basic …` is the name and the password in base64 (RFC 7617). */
const passwordOfBasic = (value: string): string[] => {
  const encoded = /^basic\s+(?<encoded>\S+)$/iu.exec(value)?.groups?.['encoded'];
  if (encoded === undefined) return [];
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  return [pair.slice(pair.indexOf(':') + 1)];
};

/** What a server may repeat alone: `abc` of `Bearer abc`, each value of a cookie, each password of `name:password,…`. */
const partsOf = (value: string): string[] =>
  value
    .split(/[\s,;]+/u)
    .flatMap((part) => [part, part.slice(part.search(/[=:]/u) + 1)])
    .map((part) => part.replace(/^["']|["']$/gu, ''))
    .filter((part) => part.length >= shortestPart);

/** However short they are. */
const passwordsOfUsers = (name: string, value: string): string[] =>
  /users/iu.test(name) ? value.split(',').map((entry) => entry.slice(entry.indexOf(':') + 1)) : [];

const withParts = (value: string): string[] => [value, ...partsOf(value), ...passwordOfBasic(value)];

/** The password of an address, and the values in its query that are named like secrets or look like them. */
const secretsInUrl = (url: string): string[] => {
  if (!URL.canParse(url)) return [];
  const { password, searchParams } = new URL(url);
  const values = [...searchParams].flatMap(([name, value]) =>
    namesASecret.test(name) || looksDrawn.test(value) ? [value] : [],
  );
  return [...(password === '' ? [] : [password, decoded(password)]), ...values];
};

const secretsInHeader = ([name, value]: readonly [string, string]): string[] =>
  namesASecret.test(name) || looksDrawn.test(value) ? withParts(value) : [];

const isSetting = (name: string, value: string): boolean =>
  isPlain.test(value) && !(namesNothingElse.test(name) && longNumber.test(value));

/** A secret of the environment that is named like one; a file that holds one is none. */
const secretsInVariable = (name: string, value: string): string[] =>
  namesASecret.test(name) && !name.endsWith('_FILE') && !isSetting(name, value)
    ? [...withParts(value), ...passwordsOfUsers(name, value)]
    : secretsInUrl(value);

const word = `"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s;&|<>()"']+`;
const assignment = new RegExp(`(?:^|[\\s;&|(])(?<name>[A-Za-z_]\\w*)=(?<value>${word})`, 'gu');
const option = new RegExp(`(?:^|\\s)--?(?<name>[A-Za-z][\\w-]*)(?:=|\\s+)(?<value>(?!-)(?:${word}))`, 'gu');
const address = /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>|;]+/giu;

const secretsInCommand = (command: string): string[] => {
  const named = [...command.matchAll(assignment), ...command.matchAll(option)].flatMap(({ groups }) => {
    const value = (groups?.['value'] ?? '').replace(/^["']|["']$/gu, '');
    return secretsInVariable(groups?.['name'] ?? '', value);
  });
  return [...named, ...[...command.matchAll(address)].flatMap(([url]) => secretsInUrl(url))];
};

/**
 * Everything that must not be printed or written of what a command was told: tokens, values that are named like secrets or look
 * like keys, and passwords in addresses. What is put into a run's files and what is put onto its terminal is cleared of these
 * same ones.
 */
export const secretsOf = ({
  tokens,
  headers,
  url = null,
  environments = [],
  commands = [],
}: SecretPlaces): readonly string[] => [
  ...new Set([
    ...tokens,
    ...Object.entries(headers).flatMap(secretsInHeader),
    ...(url === null ? [] : secretsInUrl(url)),
    ...environments.flatMap((environment) =>
      Object.entries(environment).flatMap(([name, value]) => secretsInVariable(name, value)),
    ),
    ...commands.flatMap(secretsInCommand),
  ]),
];
