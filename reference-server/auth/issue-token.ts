import jwt from 'jsonwebtoken';
import type { TokenRules } from './token-rules.ts';

/** Signs a token for `subject` that these rules accept and that expires after `lifetimeMs`. */
export const issueToken = (subject: string, lifetimeMs: number, rules: TokenRules): string =>
  jwt.sign({}, rules.jwtSecret, {
    subject,
    algorithm: rules.jwtAlgorithms[0],
    expiresIn: Math.floor(lifetimeMs / 1_000),
    ...(rules.jwtAudience !== null && { audience: rules.jwtAudience }),
    ...(rules.jwtIssuer !== null && { issuer: rules.jwtIssuer }),
  });
