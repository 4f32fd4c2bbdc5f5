import { createHmac, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferenceServer } from '../start-reference-server.ts';
import { signedToken, TEST_SECRET } from '../testing/signed-token.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { upgradeRequest } from '../testing/upgrade-request.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token put together by hand, as a library would refuse to. */
const forge = (header: object, payload: object, sign?: (text: string) => string): string => {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${sign?.(text) ?? ''}`;
};

const hmac = (secret: string) => (text: string) =>
  createHmac('sha256', secret).update(text).digest('base64url');

const claims = { sub: 'intruder', exp: Math.floor(Date.now() / 1_000) + 3_600 };
const forUs = { audience: 'market-data', issuer: 'accounts' };

let server: ReferenceServer;
beforeAll(async () => {
  server = await startTestServer({
    jwtAudience: forUs.audience,
    jwtIssuer: forUs.issuer,
    jwtPreviousSecret: 'the secret of last month',
    maxTokenBytes: 4_096,
    demoUsers: [{ username: 'ada', password: 'hunter2' }],
  });
});
afterAll(() => server.stop());

const knock = async (token: string) => {
  const answer = await upgradeRequest(server.url, { headers: { Authorization: `Bearer ${token}` } });
  return answer.status === 101
    ? 'accepted'
    : [answer.status, (JSON.parse(answer.body) as { readonly error: { readonly code: string } }).error.code];
};

describe('a token', () => {
  it.each([
    ['for this server', signedToken(forUs)],
    ['for several servers', signedToken({ ...forUs, audience: ['other', forUs.audience] })],
    ['signed with the previous secret', signedToken({ ...forUs, secret: 'the secret of last month' })],
  ])('%s is accepted', async (_title, token) => {
    expect(await knock(token)).toBe('accepted');
  });

  it.each([
    ['for another audience', signedToken({ ...forUs, audience: 'other' }), 'token_audience_wrong'],
    ['without an audience', signedToken({ issuer: forUs.issuer }), 'token_audience_wrong'],
    ['of another issuer', signedToken({ ...forUs, issuer: 'other' }), 'token_issuer_wrong'],
    ['without an issuer', signedToken({ audience: forUs.audience }), 'token_issuer_wrong'],
    ['of a third secret', signedToken({ ...forUs, secret: 'a third' }), 'token_signature_invalid'],
    [
      'of the previous secret that has expired',
      signedToken({ ...forUs, secret: 'the secret of last month', expiresIn: -10 }),
      'token_expired',
    ],
    ['that is not valid yet', signedToken({ ...forUs, notBefore: 60 }), 'token_not_yet_valid'],
    [
      'signed with a private RSA key',
      jwt.sign(claims, privateKey, { algorithm: 'RS256' }),
      'token_algorithm_not_allowed',
    ],
    [
      'that says RS256 over an HMAC of the secret',
      forge({ alg: 'RS256', typ: 'JWT' }, claims, hmac(TEST_SECRET)),
      'token_algorithm_not_allowed',
    ],
    [
      'that takes a public key for the secret',
      forge({ alg: 'HS256', typ: 'JWT' }, claims, hmac(publicKey)),
      'token_signature_invalid',
    ],
    [
      'that brings its own key',
      forge({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, claims, hmac('AAAA')),
      'token_signature_invalid',
    ],
    ['with the algorithm none', forge({ alg: 'none' }, claims), 'token_unsigned'],
    ['with the algorithm nOnE', forge({ alg: 'nOnE' }, claims), 'token_unsigned'],
    [
      'with the algorithm none and a signature',
      forge({ alg: 'none' }, claims, hmac(TEST_SECRET)),
      'token_algorithm_not_allowed',
    ],
    ['without its signature', signedToken(forUs).replace(/[^.]*$/, ''), 'token_unsigned'],
    [
      'whose claims were changed after signing',
      signedToken(forUs).replace(/\.[^.]*\./, `.${encode({ ...claims, sub: 'admin' })}.`),
      'token_signature_invalid',
    ],
    ['that is one byte too large', 'x'.repeat(4_097), 'token_too_large'],
    ['that is too large and good', signedToken({ ...forUs, subject: 'x'.repeat(4_000) }), 'token_too_large'],
    ['that is as large as allowed and none', 'x'.repeat(4_096), 'token_malformed'],
    ['whose header is no JSON', `${Buffer.from('{').toString('base64url')}.e30.x`, 'token_malformed'],
    ['whose claims are no object', jwt.sign('text', TEST_SECRET), 'token_audience_wrong'],
  ])('%s is refused', async (_title, token, code) => {
    expect(await knock(token)).toEqual([401, code]);
  });

  it('of the token route is accepted', async () => {
    const body = JSON.stringify({ username: 'ada', password: 'hunter2' });
    const response = await fetch(`${server.url}/api/v1/auth/token`, { method: 'POST', body });
    const { access_token: token } = (await response.json()) as { readonly access_token: string };
    expect(await knock(token)).toBe('accepted');
    expect(jwt.verify(token, TEST_SECRET)).toMatchObject({ aud: forUs.audience, iss: forUs.issuer });
  });
});
