import jwt from 'jsonwebtoken';
import type { JwtAlgorithm } from './verify-token.ts';

/** Signs a token for `subject` that expires after `lifetimeMs`. */
export const issueToken = (
  subject: string,
  options: { readonly secret: string; readonly algorithm: JwtAlgorithm; readonly lifetimeMs: number },
): string =>
  jwt.sign({}, options.secret, {
    subject,
    algorithm: options.algorithm,
    expiresIn: Math.floor(options.lifetimeMs / 1_000),
  });
