import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A quote as the publisher's own log has it. */
export interface PublishedQuote {
  /** As connections name its symbol and epoch. */
  readonly series: string;
  readonly sequence: number;
  readonly publishedAtEpochMs: number;
}

const entry = z.tuple([z.string(), z.number(), z.number(), z.number()]);
const line = z.object({ msg: z.literal('published'), quotes: z.array(entry) });

const quotesOf = (text: string): PublishedQuote[] => {
  // Cheaper than reading every line as JSON, and a line that was cut off when its process was killed is none.
  if (!text.includes('"msg":"published"') || !text.endsWith('}')) return [];
  const reading = line.safeParse(JSON.parse(text));
  return (reading.data?.quotes ?? []).map(([symbol, epoch, sequence, publishedAtEpochMs]) => ({
    series: JSON.stringify([symbol, String(epoch)]),
    sequence,
    publishedAtEpochMs,
  }));
};

/** What several instances say in their logs that they published (`LOG_QUOTES=1`); a log that can not be read says nothing. */
export const readQuoteLog = async (files: readonly string[]): Promise<PublishedQuote[]> => {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.flatMap((text) => text.split('\n').flatMap(quotesOf));
};
