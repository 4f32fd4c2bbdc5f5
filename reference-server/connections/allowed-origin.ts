/** Reads an origin as browsers send it (RFC 6454 §6.2), such as `https://app.example:8443`; undefined when it is none. */
export const parseOrigin = (text: string): string | undefined => {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, href } = new URL(text);
  return href === `${origin}/` && !text.endsWith('/') ? origin : undefined;
};

/** Whether pages of an origin may connect. Whoever sends none is no browser, and could have sent any. */
export const isAllowedOrigin = (given: string | undefined, allowed: readonly string[]): boolean =>
  allowed.length === 0 || given === undefined || allowed.includes(given.toLowerCase());
