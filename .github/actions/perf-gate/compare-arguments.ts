/** The inputs of the action that are options of `compare` of the same name, as their variables are called. */
const valued = [
  'BASE',
  'BASE_IMAGE',
  'HEAD_IMAGE',
  'BASE_COMMAND',
  'HEAD_COMMAND',
  'BASE_URL',
  'HEAD_URL',
  'TARGET',
  'PATH',
  'TOKEN',
  'TOKEN_IN',
  'ORIGIN',
  'TIMEOUT',
  'INITIAL_MESSAGES',
  'SEED',
  'CONFIRM',
] as const;
/** One value a line, each of which is an option of its own. */
const listed = ['HEADER', 'SERVER_ENV'] as const;
const switches = ['STRICT', 'FIRST_OF_TWO', 'UNLESS_DISARMED'] as const;

const optionOf = (name: string): string => `--${name.toLowerCase().replaceAll('_', '-')}`;

/** The command line that the action's inputs ask for. Each value is one argument, whatever is in it; an empty one is none. */
export const compareArguments = (
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] => {
  const given = (name: string): string => environment[`PERF_GATE_${name}`] ?? '';
  return [
    'compare',
    ...valued.flatMap((name) => (given(name) === '' ? [] : [`${optionOf(name)}=${given(name)}`])),
    ...listed.flatMap((name) =>
      given(name)
        .split(/\r?\n/u)
        .flatMap((line) => (line.trim() === '' ? [] : [`${optionOf(name)}=${line.trim()}`])),
    ),
    ...given('GATE')
      .split(/[\s,]+/u)
      .flatMap((metric) => (metric === '' ? [] : [`--gate=${metric}`])),
    ...switches.flatMap((name) => (given(name) === 'true' ? [optionOf(name)] : [])),
    '--json=comparison.json',
    '--markdown=comparison.md',
  ];
};
