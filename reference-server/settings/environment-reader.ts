import { readFileSync } from 'node:fs';

/** The variables of a process, as `process.env` gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface NumberRange {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

/** Reads typed values from an environment and collects what is wrong with them, so that all of it is reported at once. */
export class EnvironmentReader {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The text of a variable; unset and empty are the same. */
  text(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  /**
   * A value that is secret: of the variable itself, or of the file that `<name>_FILE` names, as container runtimes mount
   * secrets. It keeps its spaces (a file loses its last line break), and is never quoted in a problem.
   */
  secret(name: string): string | undefined {
    const value = this.#environment[name];
    const file = this.text(`${name}_FILE`);
    if (file === undefined) return value === '' ? undefined : value;
    if (value !== undefined && value !== '') {
      this.problems.push(`${name} and ${name}_FILE are both set. Set one of them.`);
      return value;
    }
    try {
      const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      if (content !== '') return content;
      this.problems.push(`${name}_FILE names a file that is empty.`);
    } catch {
      this.problems.push(`${name}_FILE is "${file}", but that file can not be read.`);
    }
    return undefined;
  }

  requiredSecret(name: string, purpose: string): string {
    const known = this.problems.length;
    const value = this.secret(name);
    if (value === undefined && this.problems.length === known)
      this.problems.push(`${name} is not set. ${purpose}`);
    return value ?? '';
  }

  integer(name: string, range: NumberRange): number {
    return this.#number(name, range, { pattern: /^\d+$/, kind: 'a whole number' });
  }

  /** A limit that holds only where it is set. */
  limit(name: string, range: Omit<NumberRange, 'fallback'>): number | null {
    return this.text(name) === undefined ? null : this.integer(name, { ...range, fallback: range.min });
  }

  decimal(name: string, range: NumberRange): number {
    return this.#number(name, range, { pattern: /^\d+(\.\d+)?$/, kind: 'a number' });
  }

  flag(name: string): boolean {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined || value === '0' || value === 'false') return false;
    if (value === '1' || value === 'true') return true;
    this.problems.push(`${name} is "${value}", but must be 1, true, 0 or false.`);
    return false;
  }

  /** The entries of a comma-separated list, without blanks and repeats. */
  list(name: string, fallback: readonly string[], value = this.text(name)): readonly string[] {
    if (value === undefined) return fallback;
    const entries = value.split(',').map((entry) => entry.trim());
    return [...new Set(entries.filter((entry) => entry !== ''))];
  }

  choice<Option extends string>(name: string, options: readonly Option[], fallback: Option): Option {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const chosen = options.find((option) => option === value);
    if (chosen === undefined)
      this.problems.push(`${name} is "${value}", but must be one of ${options.join(', ')}.`);
    return chosen ?? fallback;
  }

  /** Reports variables that start with `prefix` and that nobody reads: a misspelt one would otherwise do nothing. */
  rejectUnknown(prefix: string, known: readonly string[]): void {
    for (const name of Object.keys(this.#environment)) {
      if (name.startsWith(prefix) && !known.includes(name)) {
        this.problems.push(`${name} is not known. The ${prefix}… variables are ${known.join(', ')}.`);
      }
    }
  }

  #number(
    name: string,
    range: NumberRange,
    format: { readonly pattern: RegExp; readonly kind: string },
  ): number {
    const value = this.text(name);
    if (value === undefined) return range.fallback;
    const number = Number(value);
    if (format.pattern.test(value) && number >= range.min && number <= range.max) return number;
    this.problems.push(
      `${name} is "${value}", but must be ${format.kind} from ${range.min} to ${range.max}.`,
    );
    return range.fallback;
  }
}
