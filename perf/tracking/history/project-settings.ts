import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const count = z.int().nonnegative();
const schema = z
  .strictObject({
    remote: z.string().min(1),
    branch: z.string().min(1),
    keepDays: count,
    keepPerMonth: count,
    /** Name of the tag that the history is measured against, or a pattern of names: the newest of them. */
    reference: z.string().regex(/^[\w*?][\w*?./-]*$/u, 'must be the name of a tag, or a pattern such as v*'),
  })
  .partial();

/** What a project's package.json says of its history. */
export type ProjectSettings = z.infer<typeof schema>;

/** The settings, none where nothing is said; or what is wrong with them. */
export type ProjectReading =
  | { readonly outcome: 'read'; readonly settings: ProjectSettings }
  | { readonly outcome: 'unusable'; readonly problem: string };

/** Reads `"ws-perf-gate": { "history": … }` of a project's package.json. */
export const readProjectSettings = async (root: string): Promise<ProjectReading> => {
  const file = join(root, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  let content: { readonly 'ws-perf-gate'?: { readonly history?: unknown } | null } | null;
  try {
    content = JSON.parse(text) as typeof content;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'unusable', problem: `${file} is no JSON: ${reason}` };
  }
  const parsed = schema.safeParse(content?.['ws-perf-gate']?.history ?? {});
  if (parsed.success) return { outcome: 'read', settings: parsed.data };
  const reasons = parsed.error.issues
    .map(({ path, message }) => `${path.join('.')} ${message}`.trim())
    .join('; ');
  return {
    outcome: 'unusable',
    problem: `"ws-perf-gate": { "history": … } in ${file} can not be used: ${reasons}. It takes remote, branch, reference, keepDays and keepPerMonth.`,
  };
};
