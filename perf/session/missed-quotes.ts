import type { LoadProfile } from '../harness/load/profile.ts';
import type { LoadResult } from '../harness/load/run-load.ts';
import { quotesMissed } from '../harness/metrics/catalogue.ts';
import type { Summary } from '../harness/metrics/samples.ts';
import { judgeByQuoteLog } from '../observe/judge-by-quote-log.ts';
import { readQuoteLog } from '../observe/quote-log.ts';

/** The metric `quotesMissed`, or by its name why it was not taken; neither where no log was given. */
export interface MissedQuotes {
  readonly metrics: Summary;
  readonly notTaken: Readonly<Record<string, string>>;
}

const unknown = (reason: string): MissedQuotes => ({
  metrics: {},
  notTaken: { [quotesMissed.name]: reason },
});

/** What the publisher's own log says of the quotes that the clients of a load received. */
export const missedQuotes = async (
  logs: readonly string[] | undefined,
  { received, startedAtEpochMs }: Pick<LoadResult, 'received' | 'startedAtEpochMs'>,
  { whileOpen }: LoadProfile,
): Promise<MissedQuotes> => {
  if (logs === undefined) return { metrics: {}, notTaken: {} };
  if (received === undefined)
    return unknown('what each connection received is kept by the load profile `returning` alone');
  if (whileOpen.kind === 'subscribe')
    return unknown('a client that subscribes is not owed all that the publisher logged');
  const findings = judgeByQuoteLog(received, await readQuoteLog(logs), startedAtEpochMs);
  if (findings.kind === 'unknown') return unknown(findings.reason);
  const { missed: count, connections } = findings;
  return { metrics: { [quotesMissed.name]: { kind: 'counter', count, connections } }, notTaken: {} };
};
