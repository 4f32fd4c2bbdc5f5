import jwt from 'jsonwebtoken';
import type { TokenRules } from './token-rules.ts';

/** Why a token was refused. */
export type TokenRefusalCode =
  | 'token_missing'
  | 'token_too_large'
  | 'token_malformed'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'token_algorithm_not_allowed'
  | 'token_signature_invalid'
  | 'token_unsigned'
  | 'token_audience_wrong'
  | 'token_issuer_wrong';

/** What came of looking at a token. */
export type TokenVerdict =
  | { readonly outcome: 'accepted'; readonly subject: string | null }
  | { readonly outcome: 'refused'; readonly code: TokenRefusalCode; readonly message: string };

const refusalMessages: Readonly<Record<TokenRefusalCode, string>> = {
  token_missing:
    'No token. Give one as ?token=, as "Authorization: Bearer", or as the subprotocols "bearer, <token>".',
  token_too_large: 'The token is larger than this server reads.',
  token_malformed: 'The token is not a JSON Web Token.',
  token_expired: 'The token has expired. Get a new one.',
  token_not_yet_valid: 'The token is not valid yet.',
  token_algorithm_not_allowed: 'The token is signed with an algorithm that this server does not allow.',
  token_signature_invalid: 'The signature of the token does not match.',
  token_unsigned: 'The token is not signed.',
  token_audience_wrong: 'The token is not meant for this server.',
  token_issuer_wrong: 'The token is not from an issuer that this server trusts.',
};

const refused = (code: TokenRefusalCode): TokenVerdict => ({
  outcome: 'refused',
  code,
  message: refusalMessages[code],
});

/** Checks signature, algorithm, validity period, audience and issuer of a token; never throws, whatever the token is. */
export const verifyToken = (token: string | undefined, rules: TokenRules): TokenVerdict => {
  if (token === undefined || token === '') return refused('token_missing');
  if (Buffer.byteLength(token) > rules.maxTokenBytes) return refused('token_too_large');
  const verdict = verifyWith(rules.jwtSecret, token, rules);
  const isOfAnotherSecret = verdict.outcome === 'refused' && verdict.code === 'token_signature_invalid';
  return isOfAnotherSecret && rules.jwtPreviousSecret !== null
    ? verifyWith(rules.jwtPreviousSecret, token, rules)
    : verdict;
};

const verifyWith = (secret: string, token: string, rules: TokenRules): TokenVerdict => {
  try {
    const payload = jwt.verify(token, secret, {
      algorithms: [...rules.jwtAlgorithms],
      ...(rules.jwtAudience !== null && { audience: rules.jwtAudience }),
      ...(rules.jwtIssuer !== null && { issuer: rules.jwtIssuer }),
    });
    if (typeof payload === 'string') return refused('token_malformed');
    return { outcome: 'accepted', subject: typeof payload.sub === 'string' ? payload.sub : null };
  } catch (error) {
    return refused(refusalCode(error));
  }
};

const refusalCode = (error: unknown): TokenRefusalCode => {
  if (error instanceof jwt.TokenExpiredError) return 'token_expired';
  if (error instanceof jwt.NotBeforeError) return 'token_not_yet_valid';
  if (!(error instanceof jwt.JsonWebTokenError)) return 'token_malformed';
  if (error.message.startsWith('jwt audience invalid')) return 'token_audience_wrong';
  if (error.message.startsWith('jwt issuer invalid')) return 'token_issuer_wrong';
  switch (error.message) {
    case 'invalid signature':
      return 'token_signature_invalid';
    case 'invalid algorithm':
      return 'token_algorithm_not_allowed';
    case 'jwt signature is required':
      return 'token_unsigned';
    default:
      return 'token_malformed';
  }
};
