import type { TestProject } from 'vitest/node';
import { openTarget } from '../fixtures/targets/index.ts';
import { defaultSettings } from './session/default-settings.ts';

/**
 * Brings the target up once for all scenarios of a run, and takes it down after the last, also when the run failed or
 * was interrupted.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  // Absent when Vitest was started by hand rather than by `npm run perf`.
  const given: Partial<ReturnType<TestProject['getProvidedContext']>> = project.getProvidedContext();
  const settings = given.perfSettings ?? defaultSettings(project.config.root);
  const cancelled = new AbortController();
  project.vitest.onCancel(() => {
    cancelled.abort(new Error('Interrupted while the target was brought up.'));
  });
  const opened = await openTarget(settings.target, {
    signal: cancelled.signal,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  project.provide('perfSettings', settings);
  project.provide('perfTarget', opened.target);
  project.provide('perfRoot', project.config.root);
  let takingDown: Promise<void> | null = null;
  return () => {
    // Whoever asks again waits for the end, and hears of no failure twice.
    if (takingDown !== null) return takingDown.catch(() => undefined);
    takingDown = opened[Symbol.asyncDispose]();
    return takingDown;
  };
};
