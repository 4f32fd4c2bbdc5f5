/** What neither a token nor a key has in it: between two of these a text can be cut. */
const lastPart = /[^\s"'`,;<>(){}[\]]+$/u;

/**
 * A text of at most `longest` characters, cut between its parts and not within one: of a secret that was cut in half nobody
 * could tell any more that it is one, and half of it would stay.
 */
export const cutText = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest);
  // A part that ends where the text is cut may go on behind it.
  return `${head
    .replace(lastPart, '')
    .trimEnd()
    .slice(0, longest - 1)}…`;
};
