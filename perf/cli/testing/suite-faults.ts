/** What befalls the suite itself, and what then must be so. */
export interface SuiteFault {
  readonly fault: string;
  /** What becomes of the run. */
  readonly happens: string;
  /** What the user reads, literally and in any place of what is printed; null: nobody is left to say it. */
  readonly says: string | null;
  /** Null: as without the fault, or that of the signal. */
  readonly exitCode: number | null;
  readonly records: string;
  readonly left: string;
}

/** The table of FAULTS.md, row by row; each row is what a test looks for. */
export const suiteFaults = {
  agentKilled: {
    fault: 'an agent (a process that generates load) is killed',
    happens: 'its load counts for nothing, the other agents are stopped; the next scenario runs',
    says: '(AGENT_DIED)',
    exitCode: 2,
    records: 'none of that load',
    left: 'nothing',
  },
  workerKilled: {
    fault:
      'the process that runs a scenario is killed (with `pool: "forks"`; by default it is a thread of the command)',
    happens: 'its agents end; the scenario is not measured; the next one runs',
    says: 'Worker exited unexpectedly with signal SIGKILL',
    exitCode: 2,
    records: 'of the loads that were over',
    left: 'nothing',
  },
  commandKilled: {
    fault: 'the command itself is killed (SIGKILL)',
    happens:
      'agents, servers, Redis and nginx notice and end within seconds; containers are removed by Testcontainers’ own or, where that is switched off, by a process that is kept for it',
    says: null,
    exitCode: null,
    records: 'of the loads that were over',
    left: 'nothing',
  },
  recordsRefused: {
    fault: '`.perf/runs` takes no file (full disk, read-only, a file in its place) when the run begins',
    happens: 'nothing is measured',
    says: 'Records can not be written to',
    exitCode: 2,
    records: 'none',
    left: 'nothing',
  },
  temporaryRefused: {
    fault: 'the folder for temporary files takes none when the run begins',
    happens: 'nothing is measured',
    says: 'Temporary files can not be written to',
    exitCode: 2,
    records: 'none',
    left: 'nothing',
  },
  recordLost: {
    fault: 'a record can not be written once its load is over (the disk has filled, the folder has gone)',
    happens: 'the scenario is not measured; the server lives on without its log; the next scenario runs',
    says: '(RECORD_NOT_WRITTEN)',
    exitCode: 2,
    records: 'none of that load',
    left: 'nothing, half a file neither',
  },
  outputLost: {
    fault: 'a file that was asked for (`--json`, …) can not be written at the end',
    happens: 'it stays as it was, all others are written; 0 becomes 2, other exit codes stay',
    says: 'could not be written: ',
    exitCode: 2,
    records: 'kept',
    left: 'nothing, half a file neither',
  },
  standardOutputFull: {
    fault: 'standard output takes no more (a full disk)',
    happens: 'the run goes on, and says so once on standard error; 0 becomes 2, other exit codes stay',
    says: 'Standard output can not be written (ENOSPC)',
    exitCode: 2,
    records: 'kept',
    left: 'nothing',
  },
  standardOutputClosed: {
    fault: 'nobody reads standard output any more (as behind `head`)',
    happens: 'the run is stopped, as by Ctrl-C',
    says: null,
    exitCode: 130,
    records: 'kept, of the part that was measured',
    left: 'nothing',
  },
  engineGone: {
    fault: 'the container engine goes away, or answers no more (after a minute that is the same)',
    happens: 'what is open is measured on; what could not be removed is said, with the commands that do it',
    says: '(TARGET_NOT_REMOVED)',
    exitCode: 2,
    records: 'kept',
    left: 'what the run had in the engine, until then',
  },
  clockStepped: {
    fault: 'the wall clock is stepped, forwards or backwards',
    happens:
      'no duration notices; only the latency of quotes, which needs two clocks, has no data, and says why',
    says: null,
    exitCode: null,
    records: 'kept, dated by the clock as it was at the start',
    left: 'nothing',
  },
  unexpectedError: {
    fault: 'an error that nobody expected, as in a reporter of your own',
    happens: 'the run ends, with the error and where it comes from',
    says: 'An unexpected error ended the run.',
    exitCode: 2,
    records: 'of the loads that were over',
    left: 'nothing',
  },
} as const satisfies Readonly<Record<string, SuiteFault>>;

/** The cells of that table. */
export const suiteFaultCells = (): readonly (readonly string[])[] =>
  Object.values<SuiteFault>(suiteFaults).map(({ fault, happens, exitCode, records, left }) => [
    fault,
    happens,
    exitCode === null ? 'its own' : String(exitCode),
    records,
    left,
  ]);
