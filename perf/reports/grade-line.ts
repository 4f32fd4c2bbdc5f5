import type { Grade } from '../harness/thresholds/grade.ts';

/** The guide's judgement with the indicators that decided it: `Performance: poor – Success Rate 70.0 % (…)`. */
export const gradeLine = ({ word, indicators }: Grade): string => {
  if (word === 'not graded')
    return 'Performance: not graded by the guide’s benchmarks, which are about whole, true runs that should succeed';
  if (word === 'good') {
    return `Performance: good – all ${String(indicators.length)} of the guide’s indicators that apply are met`;
  }
  const decisive = indicators.filter(({ grade }) => grade === word);
  return `Performance: ${word} – ${decisive.map(({ name, text }) => `${name}: ${text}`).join('; ')}`;
};
