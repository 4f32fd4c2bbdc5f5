/** What to tell the user of an error. */
export const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  // Errors with a code are written for the user; all others are ours to mend, so say where they come from.
  return typeof (error as { code?: unknown }).code === 'string'
    ? error.message
    : (error.stack ?? error.message);
};
