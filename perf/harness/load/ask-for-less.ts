import type { Arrivals } from './arrivals.ts';

/**
 * What to ask for instead where `asked` connections at once are too many and `most` are not, as the author of such
 * arrivals says it; `arrivals` is null where only a number of connections is known.
 */
export const askForLess = (
  arrivals: Arrivals | null,
  { asked, most }: { readonly asked: number; readonly most: number },
): string => {
  const share = most / asked;
  const openAtOnce = `hold each connection for less time: at most ${String(most)} can be open at once`;
  if (arrivals?.kind === 'constant-arrival-rate')
    return `ask for at most ${String(Math.floor(arrivals.attemptsPerSecond * share))} attempts a second, or ${openAtOnce}`;
  if (arrivals?.kind === 'ramping-arrival-rate') {
    const rates = [
      arrivals.startAttemptsPerSecond,
      ...arrivals.stages.map((stage) => stage.attemptsPerSecond),
    ];
    return `let the rate rise to at most ${String(Math.floor(Math.max(...rates) * share))} attempts a second, or ${openAtOnce}`;
  }
  return `ask for at most ${String(most)} connections`;
};
