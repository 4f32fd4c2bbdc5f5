import jwt from 'jsonwebtoken';

/** The secret that test servers run with. */
export const TEST_SECRET = 'a secret that only tests know';

/** A token for a test server; good unless the options make it otherwise. */
export const signedToken = (options: { readonly secret?: string } & jwt.SignOptions = {}): string => {
  const { secret = TEST_SECRET, ...signOptions } = options;
  return jwt.sign({}, secret, { subject: 'tester', expiresIn: 3_600, ...signOptions });
};
