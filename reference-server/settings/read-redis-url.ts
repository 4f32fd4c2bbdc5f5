import type { EnvironmentReader } from './environment-reader.ts';

/** Reads `REDIS_URL`; null where none is set. No problem shows the value, which may hold a password. */
export const readRedisUrl = (reader: EnvironmentReader): string | null => {
  const value = reader.secret('REDIS_URL');
  if (value === undefined) return null;
  if (/^rediss?:\/\/[^/]/.test(value) && URL.canParse(value)) {
    if (isDecodable(new URL(value))) return value;
    reader.problems.push('REDIS_URL has a % in its user or password that encodes nothing. Write %25 for it.');
    return null;
  }
  reader.problems.push(
    'REDIS_URL is not an address like redis://host:6379 or rediss://user:password@host:6379/0.',
  );
  return null;
};

const isDecodable = ({ username, password }: URL): boolean => {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
};
