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

const commandLineOf = (pid: string): string => read(pid, 'cmdline').replaceAll('\0', ' ');

/** The command's name before it is in brackets, and may itself hold brackets and spaces. */
const parentOf = (pid: string): string => {
  const stat = read(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
};

const allPids = (): readonly string[] => readdirSync('/proc').filter((name) => /^\d+$/u.test(name));

/** The command lines of all processes of the machine, as everybody can list them (Linux). */
export const allCommandLines = (): readonly string[] => allPids().map(commandLineOf);

/** The processes that a process has started, and theirs (Linux). */
export const descendantsOf = (root: number): readonly ListedProcess[] => {
  const parents = allPids().map((pid) => [pid, parentOf(pid)] as const);
  const family = new Set([String(root)]);
  for (let known = 0; known < family.size;) {
    known = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  family.delete(String(root));
  return [...family].map((pid) => ({
    commandLine: commandLineOf(pid),
    environment: read(pid, 'environ'),
  }));
};
