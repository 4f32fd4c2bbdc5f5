/** The environment of the reference server, from `NAME=VALUE`. */
export const readServerEnvironment = (
  given: readonly string[],
  problems: string[],
  option = '--server-env',
): Readonly<Record<string, string>> => {
  const environment: Record<string, string> = {};
  for (const [index, assignment] of given.entries()) {
    const { name, value } = /^(?<name>[A-Za-z_]\w*)=(?<value>.*)$/su.exec(assignment)?.groups ?? {};
    if (name === undefined || value === undefined) {
      problems.push(
        `${option} number ${String(index + 1)} is not of the form NAME=VALUE, such as FAULT_HANDSHAKE_DELAY_MS=700.`,
      );
    } else environment[name] = value;
  }
  return environment;
};
