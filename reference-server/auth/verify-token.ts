import jwt from 'jsonwebtoken';

/** The algorithms that a shared secret can sign with. */
export const jwtAlgorithms = ['HS256', 'HS384', 'HS512'] as const;

/** One of the algorithms that a shared secret can sign with. */
export type JwtAlgorithm = (typeof jwtAlgorithms)[number];

/** Why a token was refused. */
export type TokenRefusalCode =
  | 'token_missing'
  | 'token_malformed'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'token_algorithm_not_allowed'
  | 'token_signature_invalid'
  | 'token_unsigned';

/** What came of looking at a token. */
export type TokenVerdict =
  | { readonly outcome: 'accepted'; readonly subject: string | null }
  | { readonly outcome: 'refused'; readonly code: TokenRefusalCode; readonly message: string };

const refusalMessages: Readonly<Record<TokenRefusalCode, string>> = {
  token_missing:
    'No token. Give one as ?token=, as "Authorization: Bearer", or as the subprotocols "bearer, <token>".',
  token_malformed: 'The token is not a JSON Web Token.',
  token_expired: 'The token has expired. Get a new one.',
  token_not_yet_valid: 'The token is not valid yet.',
  token_algorithm_not_allowed: 'The token is signed with an algorithm that this server does not allow.',
  token_signature_invalid: 'The signature of the token does not match.',
  token_unsigned: 'The token is not signed.',
};

const refused = (code: TokenRefusalCode): TokenVerdict => ({
  outcome: 'refused',
  code,
  message: refusalMessages[code],
});

/** Checks signature, algorithm and validity period of a token; never throws, whatever the token is. */
export const verifyToken = (
  token: string | undefined,
  options: { readonly secret: string; readonly algorithms: readonly JwtAlgorithm[] },
): TokenVerdict => {
  if (token === undefined || token === '') return refused('token_missing');
  try {
    const payload = jwt.verify(token, options.secret, { algorithms: [...options.algorithms] });
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
