const placeholder = '[token]';

// header.payload.signature, as RFC 7519 writes a JSON Web Token; the signature of an unsigned one is empty.
const jsonWebToken = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/gu;
const tokenParameter = /([?&](?:access_)?token=)[^&#\s"']+/giu;

/** What is shorter would be found in every other word, and keeps nothing secret. */
const shortestSecret = 4;

/** Takes tokens out of a text. */
export type Redact = (text: string) => string;

/** Makes the function that replaces these secrets, and whatever looks like a token, by `[token]`. */
export const redactSecrets = (secrets: readonly string[]): Redact => {
  // Longest first, so that a secret inside another one does not leave the rest of it standing.
  const known = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter(({ length }) => length >= shortestSecret)
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let redacted = text;
    for (const secret of known) redacted = redacted.replaceAll(secret, placeholder);
    return redacted.replaceAll(jsonWebToken, placeholder).replaceAll(tokenParameter, `$1${placeholder}`);
  };
};
