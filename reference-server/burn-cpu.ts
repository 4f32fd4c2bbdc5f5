const spentCpuMs = (): number => {
  // Node 22 has no per-thread reading; the process's own is the nearest there.
  const usage = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (usage.user + usage.system) / 1_000;
};

/** Keeps this thread busy until it has really used `durationMs` of CPU time, which waiting for the scheduler does not count towards. */
export const burnCpu = (durationMs: number): void => {
  if (durationMs <= 0) return;
  const startedAtMs = spentCpuMs();
  let work = 1;
  while (spentCpuMs() - startedAtMs < durationMs) {
    for (let round = 0; round < 500; round += 1) work = Math.imul(work ^ round, 2_654_435_761);
  }
};
