import { exitCodes } from '../exit-code.ts';

/** Runs until there is an answer: an inconclusive run on a busy machine says nothing. */
export const runUntilConclusive = async <Result extends { readonly exitCode: unknown }>(
  run: () => Promise<Result>,
): Promise<Result> => {
  for (let tried = 1; ; tried += 1) {
    const result = await run();
    if (result.exitCode !== exitCodes.inconclusive || tried === 3) return result;
  }
};
