import { basename } from 'node:path';

/** `basic` of `/project/perf/basic.perf.ts`. */
export const scenarioName = (file: string): string => basename(file).replace(/\.perf\.[cm]?[jt]sx?$/u, '');
