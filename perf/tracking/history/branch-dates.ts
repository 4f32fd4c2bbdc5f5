import { readObjects, type BranchFile } from './branch-tree.ts';
import type { DatedRecord } from './keep-policy.ts';
import { maximumRecordBytes, parseHistoryRecord } from './parse-history-record.ts';

/** When the runs of a branch's records began; of one that can not be read, the last moment of its folder's month. */
export const datesOfRecords = async (
  cwd: string,
  files: ReadonlyMap<string, BranchFile>,
): Promise<readonly DatedRecord[]> => {
  const readable = [...files].filter(([, { bytes }]) => bytes <= maximumRecordBytes);
  const contents = await readObjects(
    cwd,
    readable.map(([, { objectId }]) => objectId),
  );
  const dates = new Map<string, string>();
  for (const [index, [path]] of readable.entries()) {
    const parsed = parseHistoryRecord(contents[index]?.toString('utf8') ?? '', path);
    if (parsed.outcome === 'read') dates.set(path, parsed.record.startedAt);
  }
  return [...files.keys()].map((path) => {
    const [, year = '', month = ''] = path.split('/');
    return { path, startedAt: dates.get(path) ?? `${year}-${month}-31T23:59:59.999Z` };
  });
};
