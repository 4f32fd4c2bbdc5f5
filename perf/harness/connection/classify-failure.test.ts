import { describe, expect, test } from 'vitest';
import { classifyHandshakeError, classifyStatus, failureOf } from './classify-failure.ts';

const errorWith = (code: string, message = 'it went wrong'): Error =>
  Object.assign(new Error(message), { code });

describe('an error before the answer', () => {
  test.for([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'refused'],
    ['ENETUNREACH', 'refused'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['ETIMEDOUT', 'handshake-timeout'],
    ['EMFILE', 'local-limit'],
    ['ENFILE', 'local-limit'],
    ['EADDRNOTAVAIL', 'local-limit'],
    ['ENOBUFS', 'local-limit'],
    ['EPROTO', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['CERT_NOT_YET_VALID', 'tls'],
    ['CRL_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['INVALID_PURPOSE', 'tls'],
    ['HPE_INVALID_CONSTANT', 'protocol'],
    ['', 'protocol'],
  ] as const)('of code "%s" is %s', ([code, reason]) => {
    expect(classifyHandshakeError(errorWith(code)).reason).toBe(reason);
  });

  test('names the system’s code, and the message where no code is known', () => {
    expect(classifyHandshakeError(errorWith('ECONNREFUSED')).detail).toBe('ECONNREFUSED');
    expect(classifyHandshakeError(new Error('Invalid Upgrade header')).detail).toBe('Invalid Upgrade header');
  });
});

describe('an HTTP status', () => {
  test.for([
    [401, 'unauthorized'],
    [402, 'http-status'],
    [403, 'unauthorized'],
    [428, 'http-status'],
    [429, 'overloaded'],
    [502, 'http-status'],
    [503, 'overloaded'],
    [504, 'http-status'],
    [0, 'http-status'],
  ] as const)('%i is %s', ([status, reason]) => {
    expect(classifyStatus(status)).toMatchObject({ reason, status });
  });

  test('101 that upgraded nothing is protocol', () => {
    expect(classifyStatus(101)).toMatchObject({ reason: 'protocol', status: 101 });
  });

  test.for([
    [299, null],
    [300, 'redirects are not followed: give the final address'],
    [399, 'redirects are not followed: give the final address'],
    [400, null],
  ] as const)('%i has the detail %s', ([status, detail]) => {
    expect(classifyStatus(status).detail).toBe(detail);
  });

  test.for([
    ['/elsewhere', '/elsewhere'],
    ['/elsewhere?token=SECRET#top', '/elsewhere'],
    ['https://user:SECRET@shop.test/ws?token=SECRET', 'https://shop.test/ws'],
    ['//user@shop.test/a@b', '//shop.test/a@b'],
  ] as const)('a redirect to %s says %s', ([location, shown]) => {
    expect(classifyStatus(302, location).detail).toBe(
      `redirects are not followed: give the final address, it leads to ${shown}`,
    );
  });

  test('a redirect to a query alone does not say where it leads', () => {
    expect(classifyStatus(302, '?token=SECRET').detail).toBe(
      'redirects are not followed: give the final address',
    );
  });
});

describe('the detail of a failure', () => {
  test.for([
    [undefined, null],
    ['', null],
    ['x'.repeat(200), 'x'.repeat(200)],
    [`${'x'.repeat(190)} ${'y'.repeat(10)}`, `${'x'.repeat(190)}…`],
    [`${'word '.repeat(38)}half-of-a-secret`, `${'word '.repeat(38).trimEnd()}…`],
  ] as const)('%# is kept up to 200 characters, and null when there is nothing', ([given, kept]) => {
    expect(failureOf('reset', given === undefined ? {} : { detail: given }).detail).toBe(kept);
  });
});
