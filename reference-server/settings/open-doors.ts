import type { ResolvedSettings } from './settings.ts';

/** RFC 7518 §3.2: a key for HS256 has at least as many bits as its hash. */
const SHORTEST_GOOD_SECRET_BYTES = 32;

/** What a server that others can reach should not be run with, as warnings for its log. */
export const openDoors = (settings: ResolvedSettings): readonly string[] => {
  const warnings: string[] = [];
  if (settings.monitoringKey === null)
    warnings.push('the monitoring endpoints and /metrics are open to anyone; MONITORING_KEY closes them');
  const secrets = [settings.jwtSecret, settings.jwtPreviousSecret ?? settings.jwtSecret];
  if (secrets.some((secret) => Buffer.byteLength(secret) < SHORTEST_GOOD_SECRET_BYTES))
    warnings.push(
      `a secret for tokens is shorter than ${SHORTEST_GOOD_SECRET_BYTES} bytes, and could be guessed`,
    );
  return warnings;
};

/** Everything in the settings that must never be written anywhere. */
export const secretsOf = (settings: ResolvedSettings): readonly string[] => [
  settings.jwtSecret,
  ...[settings.jwtPreviousSecret, settings.monitoringKey].filter((secret) => secret !== null),
  ...settings.demoUsers.map(({ password }) => password),
  ...redisPassword(settings.redisUrl),
];

const redisPassword = (url: string | null): string[] => {
  const { password } = new URL(url ?? 'redis://none');
  return password === '' ? [] : [password, decodeURIComponent(password)];
};
