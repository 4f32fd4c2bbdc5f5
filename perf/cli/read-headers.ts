import { validateHeaderName, validateHeaderValue } from 'node:http';

const ofTheHandshake = /^(?:connection|upgrade|host|content-length|transfer-encoding|sec-websocket-.*)$/iu;

const isValid = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

/** The headers of every upgrade request, from `Name: value`. No message holds a value, which may be secret. */
export const readHeaders = (
  given: readonly string[],
  problems: string[],
): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {};
  const seen = new Set<string>();
  for (const [index, header] of given.entries()) {
    const colon = header.indexOf(':');
    const name = header.slice(0, Math.max(0, colon)).trim();
    const value = header.slice(colon + 1).trim();
    const where = `--header number ${String(index + 1)}`;
    if (colon < 1 || !isValid(() => validateHeaderName(name))) {
      problems.push(`${where} is not of the form "Name: value", such as --header "X-Tenant: 7".`);
    } else if (!isValid(() => validateHeaderValue(name, value))) {
      problems.push(`${where} (${name}) has a character in its value that no header may have. Remove it.`);
    } else if (ofTheHandshake.test(name)) {
      problems.push(`${where} is ${name}, which the handshake sets itself. Leave it out.`);
    } else if (seen.has(name.toLowerCase())) {
      problems.push(`${where} is ${name}, which is given twice. Leave one out.`);
    } else headers[name] = value;
    seen.add(name.toLowerCase());
  }
  return headers;
};
