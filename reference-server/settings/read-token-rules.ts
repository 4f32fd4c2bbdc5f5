import { jwtAlgorithms, type JwtAlgorithm, type TokenRules } from '../auth/token-rules.ts';
import type { EnvironmentReader } from './environment-reader.ts';
import { defaultSettings } from './settings.ts';

/** Reads what makes a token a good one, but for its size. */
export const readTokenRules = (reader: EnvironmentReader): Omit<TokenRules, 'maxTokenBytes'> => {
  const purpose = 'Tokens are verified with it: set it to the secret that signs them.';
  const jwtSecret = reader.requiredSecret('JWT_SECRET', purpose);
  const jwtPreviousSecret = reader.secret('JWT_PREVIOUS_SECRET') ?? null;
  for (const [name, secret] of [
    ['JWT_SECRET', jwtSecret],
    ['JWT_PREVIOUS_SECRET', jwtPreviousSecret ?? ''],
  ] as const) {
    // Whoever knows a public key, which is everyone, could sign tokens with it (algorithm confusion).
    if (/-----BEGIN (?:[A-Z]+ )?(?:PUBLIC KEY|CERTIFICATE)-----/.test(secret))
      reader.problems.push(
        `${name} is a public key or certificate. Tokens need a secret that nobody else knows.`,
      );
  }
  return {
    jwtSecret,
    jwtPreviousSecret,
    jwtAlgorithms: readAlgorithms(reader),
    jwtAudience: reader.text('JWT_AUDIENCE') ?? null,
    jwtIssuer: reader.text('JWT_ISSUER') ?? null,
  };
};

const readAlgorithms = (reader: EnvironmentReader): readonly [JwtAlgorithm, ...JwtAlgorithm[]] => {
  const names = reader.list('JWT_ALGORITHMS', defaultSettings.jwtAlgorithms);
  const known = jwtAlgorithms.filter((algorithm) => names.includes(algorithm));
  const [first, ...rest] = known.toSorted((a, b) => names.indexOf(a) - names.indexOf(b));
  if (first !== undefined && known.length === names.length) return [first, ...rest];
  reader.problems.push(
    `JWT_ALGORITHMS is "${names.join(',')}", but must list some of ${jwtAlgorithms.join(', ')}.`,
  );
  return ['HS256'];
};
