import { readdir, readFile } from 'node:fs/promises';

/** The generators that a process has started, by `/proc`. */
export const agentsOf = async (parent: number): Promise<number[]> => {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const [status, command] = await Promise.all([
      readFile(`/proc/${name}/status`, 'utf8').catch(() => ''),
      readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''),
    ]);
    if (status.includes(`\nPPid:\t${String(parent)}\n`) && command.includes('agent-main'))
      found.push(Number(name));
  }
  return found;
};

/** Whether a process still runs. */
export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
