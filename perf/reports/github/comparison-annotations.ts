import type { Comparison } from '../../compare/comparison-record.ts';
import { comparisonHeadline } from '../comparison-text.ts';
import { annotation, type AnnotationLevel } from './annotation.ts';

const title = 'WebSocket performance gate';

const levelOf = ({ verdict, exitCode }: Comparison): AnnotationLevel | null => {
  if (verdict === 'pass') return null;
  return exitCode === 1 ? 'error' : 'warning';
};

/** What GitHub shows at the top of a job: a failure, or loudly that there was none only for want of certainty. */
export const comparisonAnnotations = (comparison: Comparison): readonly string[] => {
  const level = levelOf(comparison);
  if (level === null) return [];
  const { metrics, verdict } = comparison;
  const sentences = metrics
    .filter(
      ({ isGated, outcome }) => isGated && (verdict === 'fail' ? outcome === 'fail' : outcome !== 'pass'),
    )
    .map(({ sentence }) => sentence);
  const ofCounts = [comparison.successRate, comparison.messageCount]
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ sentence }) => sentence);
  return [annotation(level, title, [comparisonHeadline(comparison), ...sentences, ...ofCounts].join('\n'))];
};
