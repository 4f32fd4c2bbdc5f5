import type { Grade } from '../harness/thresholds/grade.ts';
import { gradeLine } from './grade-line.ts';

const mark = { good: '✓', warning: '!', poor: '✗' } as const;

const heading = (grade: Grade): string => {
  const { word, indicators } = grade;
  if (word === 'good' || word === 'not graded') return gradeLine(grade);
  const unmet = indicators.filter((indicator) => indicator.grade !== 'good').length;
  return `Performance: ${word} – ${String(unmet)} of the guide’s ${String(indicators.length)} indicators that apply ${unmet === 1 ? 'is' : 'are'} not met`;
};

/** The guide's judgement, and each of its benchmarks that it came from: `✗ Success Rate: 70.0 % (good > 95 %, …)`. */
export const gradeLines = (grade: Grade): readonly string[] => [
  heading(grade),
  ...grade.indicators.map((indicator) => `  ${mark[indicator.grade]} ${indicator.name}: ${indicator.text}`),
];
