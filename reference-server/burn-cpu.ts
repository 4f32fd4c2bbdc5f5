const spentCpuMs = (): number => {
  // Where Linux accounts by ticks, it brings a thread's own time up to date only at the next tick, up to 4 ms later, unless that
  // of the whole process is asked for (thread_group_cputime in kernel/sched/cputime.c).
  process.cpuUsage();
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
    for (let round = 0; round < 100; round += 1) work = Math.imul(work ^ round, 2_654_435_761);
  }
};
