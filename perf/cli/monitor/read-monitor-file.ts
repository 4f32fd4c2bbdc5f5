import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { monitorFileSchema, type MonitorFile } from '../../monitor/monitor-file.ts';

const parse = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
};

/** What the file of `--config` says; nothing when none was given, or when it can not be used, which is then a problem. */
export const readMonitorFile = async (file: string | undefined, problems: string[]): Promise<MonitorFile> => {
  if (file === undefined) return {};
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    problems.push(`--config is "${file}", but it can not be read (${code}). Give a JSON file.`);
    return {};
  }
  const parsed = parse(text);
  if (parsed === null) {
    problems.push(`--config is "${file}", but it holds no JSON. Correct it.`);
    return {};
  }
  const checked = monitorFileSchema.safeParse(parsed.value);
  if (checked.success) return checked.data;
  for (const { path, message } of checked.error.issues) {
    const where = path.length === 0 ? 'the file' : z.core.toDotPath(path);
    problems.push(`--config "${file}": ${where}: ${message}.`);
  }
  return {};
};
