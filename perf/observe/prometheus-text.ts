/** One line of a Prometheus answer. */
export interface PrometheusSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

// https://prometheus.io/docs/instrumenting/exposition_formats/ (text format 0.0.4)
const sampleLine =
  /^(?<name>[a-zA-Z_:][\w:]*)(?:[ \t]*\{(?<labels>(?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?[ \t]+(?<value>\S+)(?:[ \t]+-?\d+)?[ \t]*$/u;
const labelPair = /[ \t]*(?<name>[a-zA-Z_]\w*)[ \t]*=[ \t]*"(?<value>(?:[^"\\]|\\.)*)"[ \t]*(?:,|$)/uy;
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;
const infinite = /^(?<sign>[+-]?)inf(?:inity)?$/iu;

const escaped: Readonly<Record<string, string>> = { n: '\n' };

const readValue = (text: string): number | null => {
  if (decimal.test(text)) return Number(text);
  if (text.toLowerCase() === 'nan') return Number.NaN;
  const sign = infinite.exec(text)?.groups?.['sign'];
  if (sign === undefined) return null;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
};

const readLabels = (given: string): Readonly<Record<string, string>> | null => {
  const text = given.trim();
  const labels: Record<string, string> = {};
  labelPair.lastIndex = 0;
  while (labelPair.lastIndex < text.length) {
    const { name, value } = labelPair.exec(text)?.groups ?? {};
    if (name === undefined || value === undefined) return null;
    labels[name] = value.replaceAll(/\\(.)/gsu, (_, character: string) => escaped[character] ?? character);
  }
  return labels;
};

const readLine = (line: string): PrometheusSample | null => {
  const { name, labels = '', value = '' } = sampleLine.exec(line)?.groups ?? {};
  const read = { labels: readLabels(labels), value: readValue(value) };
  if (name === undefined || read.labels === null || read.value === null) return null;
  return { name, labels: read.labels, value: read.value };
};

/**
 * The samples of an answer in Prometheus' text format; null when any line of it is none, as of a page that is something
 * else. Comments, types and time stamps are passed over.
 */
export const parsePrometheusText = (text: string): readonly PrometheusSample[] | null => {
  const samples: PrometheusSample[] = [];
  for (const line of text.split('\n').map((each) => each.replace(/\r$/u, ''))) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const sample = readLine(line);
    if (sample === null) return null;
    samples.push(sample);
  }
  return samples;
};
