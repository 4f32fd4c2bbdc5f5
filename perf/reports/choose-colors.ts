import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';

/** Colours for a terminal that shows them, or with FORCE_COLOR; none in a pipe, with NO_COLOR, FORCE_COLOR=0 or `--no-color`. */
export const chooseColors = (options: {
  readonly isTerminal: boolean;
  readonly wanted: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Colors => {
  const { isTerminal, wanted, environment } = options;
  const forced = environment.FORCE_COLOR ?? '';
  const isForced = !['', '0', 'false'].includes(forced);
  const isRefused =
    !wanted ||
    (environment.NO_COLOR ?? '') !== '' ||
    environment.TERM === 'dumb' ||
    (forced !== '' && !isForced);
  return picocolors.createColors(!isRefused && (isTerminal || isForced));
};
