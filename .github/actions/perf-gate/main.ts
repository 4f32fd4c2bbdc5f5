import { runCommandLine } from '../../../perf/cli/command-line.ts';
import { compareArguments } from './compare-arguments.ts';

process.exit(await runCommandLine(compareArguments(process.env)));
