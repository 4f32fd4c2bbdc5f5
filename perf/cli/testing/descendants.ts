import { readdirSync, readFileSync } from 'node:fs';

/** A process as everybody on the machine can list it, and as its owner can look into it. */
export interface ListedProcess {
  readonly commandLine: string;
  readonly environment: string;
}

const read = (pid: string, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    // It is gone.
    return '';
  }
};

/** The command's name before it is in brackets, and may itself hold brackets and spaces. */
const parentOf = (pid: string): string => {
  const stat = read(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
};

/** The processes that a process has started, and theirs (Linux). */
export const descendantsOf = (root: number): readonly ListedProcess[] => {
  const parents = readdirSync('/proc').flatMap((pid) =>
    /^\d+$/u.test(pid) ? [[pid, parentOf(pid)] as const] : [],
  );
  const family = new Set([String(root)]);
  for (let known = 0; known < family.size;) {
    known = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  family.delete(String(root));
  return [...family].map((pid) => ({
    commandLine: read(pid, 'cmdline').replaceAll('\0', ' '),
    environment: read(pid, 'environ'),
  }));
};
