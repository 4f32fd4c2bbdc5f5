/** Errors whose codes README.md beside this lists, each with its remedy. */
const listed: ReadonlySet<string> = new Set(['TargetError', 'HarnessError', 'CompareError', 'HistoryError']);

/** An error in words for the command line, with the code under which README.md has its remedy. */
export const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { readonly code?: unknown };
  // Errors with a code are written for the user; all others are ours to mend, so say where they come from.
  if (typeof code !== 'string') return error.stack ?? error.message;
  return listed.has(error.name) ? `${error.message} (${code})` : error.message;
};
