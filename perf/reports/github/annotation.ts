import { printable, printableLine } from '../printable.ts';

/** How loud GitHub shows an annotation. */
export type AnnotationLevel = 'notice' | 'warning' | 'error';

/** Where an annotation stands. */
export interface AnnotatedPlace {
  /** Relative to the repository, with `/`. */
  readonly file: string;
  readonly line: number | null;
}

// As @actions/core escapes them: a line break would end the command, and what follows could be another one.
const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string =>
  escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * The line on standard output that GitHub shows as an annotation of the job:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const annotation = (
  level: AnnotationLevel,
  title: string,
  message: string,
  place: AnnotatedPlace | null = null,
): string => {
  const properties = [
    `title=${escapeProperty(printableLine(title))}`,
    ...(place === null ? [] : [`file=${escapeProperty(printableLine(place.file))}`]),
    ...(place === null || place.line === null ? [] : [`line=${String(place.line)}`]),
  ];
  return `::${level} ${properties.join(',')}::${escapeMessage(printable(message))}`;
};
