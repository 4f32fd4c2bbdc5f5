/** The algorithms that a shared secret can sign with. */
export const jwtAlgorithms = ['HS256', 'HS384', 'HS512'] as const;

/** One of the algorithms that a shared secret can sign with. */
export type JwtAlgorithm = (typeof jwtAlgorithms)[number];

/** What makes a token a good one. */
export interface TokenRules {
  readonly jwtSecret: string;
  /** Still verifies, and signs nothing any more: the secret that was, until its last token has expired. */
  readonly jwtPreviousSecret: string | null;
  /** The algorithms a token may be signed with; the first signs the tokens of the token route. */
  readonly jwtAlgorithms: readonly [JwtAlgorithm, ...JwtAlgorithm[]];
  /** Where set, tokens must name it in `aud`. */
  readonly jwtAudience: string | null;
  /** Where set, tokens must name it in `iss`. */
  readonly jwtIssuer: string | null;
  /** Longer tokens are refused unread. */
  readonly maxTokenBytes: number;
}
