/** The environment of someone at a shell: without its own PERF_ variables, CI or colours. */
export const userEnvironment = (): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:PERF_|VITEST|CI$|FORCE_COLOR$|NO_COLOR$|GITHUB_|JWT_SECRET$|NODE_ENV$)/u.test(name),
    ),
  );
