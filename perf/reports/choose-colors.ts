import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';

/** Colours for a terminal that shows them; none in a pipe, with NO_COLOR or with `--no-color`. */
export const chooseColors = (options: {
  readonly isTerminal: boolean;
  readonly wanted: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Colors => {
  const { isTerminal, wanted, environment } = options;
  const isRefused = !wanted || (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
  const isForced = !['', '0', 'false'].includes(environment.FORCE_COLOR ?? '');
  return picocolors.createColors(!isRefused && (isTerminal || isForced));
};
