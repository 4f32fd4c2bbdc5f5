/** The environment of a process that generates load: the runner's own variables have no business in it. */
export const generatorEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|VITE_|NODE_OPTIONS$|PERF_TOKEN)/u.test(name)),
  );
