import { parseArgs } from 'node:util';
import { writeBenchRecord } from './bench-record.ts';
import { benchForms } from './form.ts';
import { describeBench } from './report.ts';
import { runBench } from './run-bench.ts';

// npm run bench -- [--short | --long] [--check] [--profile FOLDER]
// --short    seconds; shows only that it works        --check    exit 1 when a goal is missed
// --long     more sittings, accuracy at 10,000        --profile  CPU profiles of the generators

const exitCodes = { missed: 1, notMeasured: 2, interrupted: 130, terminated: 143 } as const;

const readOptions = (): { form: keyof typeof benchForms; check: boolean; profileFolder: string | null } => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  if (values.short && values.long)
    throw new Error('--short and --long exclude each other: give one of them.');
  return {
    form: values.short ? 'short' : values.long ? 'long' : 'normal',
    check: values.check,
    profileFolder: values.profile ?? null,
  };
};

// Leaving ends the processes that are still there: each one's end hangs on this process's exit.
process.on('SIGINT', () => process.exit(exitCodes.interrupted));
process.on('SIGTERM', () => process.exit(exitCodes.terminated));

try {
  const { form, check, profileFolder } = readOptions();
  const record = await runBench({
    form: benchForms[form],
    profileFolder,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const file = await writeBenchRecord(record);
  process.stdout.write(`${describeBench(record)}\n${file}\n`);
  if (check && record.goals.some(({ met }) => !met)) process.exitCode = exitCodes.missed;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodes.notMeasured;
}
