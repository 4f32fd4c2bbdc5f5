import { isPromiseMessage } from '../harness/thresholds/describe-verdict.ts';
import { printable } from './printable.ts';
import type { ScenarioResult } from './session-result.ts';

/** What made a scenario fail and is no promise: plain assertions, and whatever else was thrown; safe to print. */
export const otherFailures = ({ errors }: Pick<ScenarioResult, 'errors'>): readonly string[] =>
  errors.flatMap(({ message }) => (isPromiseMessage(message) ? [] : [printable(message)]));
