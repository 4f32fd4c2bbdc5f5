interface Bounds {
  readonly minimum: number;
  /** What to do instead: `give at least 1`. */
  readonly expectation: string;
}

const read = (
  given: { readonly option: string; readonly text: string | undefined },
  pattern: RegExp,
  { minimum, expectation }: Bounds,
  problems: string[],
): number | null => {
  const { option, text } = given;
  if (text === undefined) return null;
  const value = Number(text);
  // `Number` alone would take "", " 7 ", "0x10" and "1e3" for numbers.
  if (pattern.test(text) && Number.isSafeInteger(Math.trunc(value)) && value >= minimum) return value;
  problems.push(`${option} is "${text}", but must be ${expectation}.`);
  return null;
};

/** A whole number of at least `minimum`; null when it was not given or is none, which is then a problem. */
export const readCount = (
  option: string,
  text: string | undefined,
  minimum: 0 | 1,
  problems: string[],
): number | null => {
  const expectation = `a whole number of at least ${String(minimum)}, such as 20`;
  return read({ option, text }, /^\d+$/u, { minimum, expectation }, problems);
};

/** Seconds, with decimals; null when they were not given or are none, which is then a problem. */
export const readSeconds = (
  option: string,
  text: string | undefined,
  minimum: 'zero' | 'more than zero',
  problems: string[],
): number | null => {
  const isZeroFine = minimum === 'zero';
  return read(
    { option, text },
    /^(?:\d+(?:\.\d*)?|\.\d+)$/u,
    {
      minimum: isZeroFine ? 0 : Number.MIN_VALUE,
      expectation: `a number of seconds, ${isZeroFine ? '0 or more' : 'more than 0'}, such as 0.5`,
    },
    problems,
  );
};

const secondsPerUnit = { s: 1, m: 60, h: 3_600 } as const;

/** A length of time in seconds, written as those, or as minutes or hours: `90`, `15m`, `1.5h`; null as above. */
export const readDuration = (option: string, text: string | undefined, problems: string[]): number | null => {
  if (text === undefined) return null;
  const { number = '', unit = 's' } =
    /^(?<number>\d+(?:\.\d*)?|\.\d+)(?<unit>[smh])?$/u.exec(text)?.groups ?? {};
  const seconds = Number(number) * secondsPerUnit[unit as keyof typeof secondsPerUnit];
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  problems.push(
    `${option} is "${text}", but must be more than 0 seconds, or minutes, or hours: 90, 15m, 2h.`,
  );
  return null;
};
