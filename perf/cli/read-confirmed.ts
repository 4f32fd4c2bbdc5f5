import { chooseGated } from '../compare/choose-gated.ts';
import type { CompareRequest, Opponents } from '../compare/compare-request.ts';
import { readComparison } from '../compare/comparison-file.ts';
import type { Comparison } from '../compare/comparison-record.ts';
import type { CompareOptions } from './compare-options.ts';

/** The comparison that `--confirm` names; null where it was not given, or can not be read. */
export const readConfirmed = async (
  file: string | undefined,
  problems: string[],
): Promise<Comparison | null> => {
  if (file === undefined) return null;
  const reading = await readComparison(file);
  if (reading.outcome === 'unreadable') {
    problems.push(`--confirm is "${file}", but ${reading.reason}. Give what --json wrote.`);
    return null;
  }
  return reading.comparison;
};

/** A confirmation is of what failed: by those metrics alone, or by all of the first one's where no metric did. */
export const readGated = (
  { gate }: CompareOptions,
  opponents: Opponents,
  confirms: Comparison | null,
  problems: string[],
): CompareRequest['gated'] => {
  const sight = { seesServers: opponents.kind !== 'urls' };
  if (confirms === null) return chooseGated(gate ?? [], problems, sight);
  if (gate !== undefined)
    problems.push('--gate was given, but --confirm gates by what failed in its file. Leave --gate out.');
  const gated = confirms.metrics.filter(({ isGated }) => isGated);
  const failed = gated.filter(({ outcome }) => outcome === 'fail');
  const names = (failed.length > 0 ? failed : gated).map(({ name }) => name);
  return chooseGated(names, problems, sight);
};
