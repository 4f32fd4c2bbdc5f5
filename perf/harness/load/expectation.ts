/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a message has to be; plain data. */
export type Expectation =
  /** JSON that has all that is given, and perhaps more beside it. */
  | { readonly kind: 'json'; readonly subset: Json }
  /** This very text. */
  | { readonly kind: 'text'; readonly text: string }
  /** Text in which the regular expression finds something. */
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether `value` has all of `subset`: objects may have more keys, lists are as long and match place by place. */
export const hasSubset = (value: unknown, subset: Json): boolean => {
  if (Array.isArray(subset)) {
    return (
      Array.isArray(value) &&
      value.length === subset.length &&
      subset.every((part: Json, place) => hasSubset(value[place], part))
    );
  }
  if (isRecord(subset)) {
    return (
      isRecord(value) &&
      Object.entries(subset).every(([key, part]) => Object.hasOwn(value, key) && hasSubset(value[key], part))
    );
  }
  return value === subset;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A test for messages, made once and used for many. */
export const testFor = (expectation: Expectation): ((text: string) => boolean) => {
  switch (expectation.kind) {
    case 'json':
      return (text) => hasSubset(parse(text), expectation.subset);
    case 'text':
      return (text) => text === expectation.text;
    case 'pattern': {
      // Without state from one message to the next.
      const pattern = new RegExp(expectation.source, expectation.flags.replaceAll(/[gy]/gu, ''));
      return (text) => pattern.test(text);
    }
    default:
      return expectation satisfies never;
  }
};

/** For people: what was expected. */
export const describeExpectation = (expectation: Expectation): string => {
  switch (expectation.kind) {
    case 'json':
      return JSON.stringify(expectation.subset);
    case 'text':
      return JSON.stringify(expectation.text);
    case 'pattern':
      return `/${expectation.source}/${expectation.flags}`;
    default:
      return expectation satisfies never;
  }
};
