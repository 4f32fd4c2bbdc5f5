import { vi } from 'vitest';

/** How a command ended that was run in this process. */
interface Ended {
  readonly exitCode: number;
  /** Each text that it wrote to standard error. */
  readonly problems: readonly string[];
}

/** Runs a command in this process, and keeps what it writes to standard error, which then shows nothing. */
export const standardErrorOf = async (run: () => Promise<number>): Promise<Ended> => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const exitCode = await run();
    return { exitCode, problems: written.mock.calls.map(([text]) => String(text)) };
  } finally {
    written.mockRestore();
  }
};
