import { parseNetwork } from '../admission/client-address.ts';
import { parseDemoUser, type DemoUser } from '../auth/demo-users.ts';
import { parseOrigin } from '../connections/allowed-origin.ts';
import type { EnvironmentReader } from './environment-reader.ts';
import type { ResolvedSettings } from './settings.ts';

/** Who calls, and what is believed of whom: origins, proxies, users, and the key of those who watch. */
type Callers = Pick<ResolvedSettings, 'allowedOrigins' | 'monitoringKey' | 'demoUsers' | 'trustedProxies'>;

/** Reads who may call, and what is believed of whom. */
export const readCallers = (reader: EnvironmentReader): Callers => ({
  allowedOrigins: readAllowedOrigins(reader),
  monitoringKey: reader.secret('MONITORING_KEY') ?? null,
  demoUsers: readDemoUsers(reader),
  trustedProxies: readTrustedProxies(reader),
});

const readAllowedOrigins = (reader: EnvironmentReader): readonly string[] => {
  const entries = reader.list('ALLOWED_ORIGINS', []);
  const odd = entries.filter((entry) => parseOrigin(entry) === undefined);
  if (odd.length > 0) {
    reader.problems.push(
      `ALLOWED_ORIGINS: ${odd.join(', ')} – list origins like https://app.example, without a path.`,
    );
  }
  return entries.flatMap((entry) => parseOrigin(entry) ?? []);
};

const readDemoUsers = (reader: EnvironmentReader): readonly DemoUser[] => {
  const users: DemoUser[] = [];
  for (const [index, entry] of reader.list('DEMO_USERS', [], reader.secret('DEMO_USERS')).entries()) {
    const user = parseDemoUser(entry);
    if (user === undefined) {
      reader.problems.push(`DEMO_USERS: entry ${index + 1} is not of the form user:password.`);
    } else if (users.some((other) => other.username === user.username)) {
      reader.problems.push(`DEMO_USERS: entry ${index + 1} names a user that is already listed.`);
    } else users.push(user);
  }
  return users;
};

const readTrustedProxies = (reader: EnvironmentReader): readonly string[] => {
  const entries = reader.list('TRUSTED_PROXIES', []);
  const odd = entries.filter((entry) => parseNetwork(entry) === undefined);
  if (odd.length > 0) {
    reader.problems.push(
      `TRUSTED_PROXIES: ${odd.join(', ')} – list addresses like 10.0.0.1 or networks like 10.0.0.0/8.`,
    );
  }
  return odd.length > 0 ? [] : entries;
};
