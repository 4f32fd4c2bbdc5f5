import { parseArgs } from 'node:util';
import { writeBenchRecord } from './bench-record.ts';
import { benchForms, benchParts, type BenchPart } from './form.ts';
import { describeBench } from './report.ts';
import { runBench } from './run-bench.ts';

// npm run bench -- [--short | --long] [--only PART] [--check] [--profile FOLDER]
// --short    seconds; shows only that it works        --check    exit 1 when a goal is missed
// --long     more sittings, truth up to 10,000       --profile  CPU profiles of the generators
// --only     accuracy, opening, messages or scale; repeatable

const exitCodes = { missed: 1, notMeasured: 2, interrupted: 130, terminated: 143 } as const;

interface Options {
  readonly form: keyof typeof benchForms;
  readonly parts: readonly BenchPart[];
  readonly check: boolean;
  readonly profileFolder: string | null;
}

const readParts = (asked: readonly string[]): readonly BenchPart[] => {
  const unknown = asked.find((name) => !benchParts.some((part) => part === name));
  if (unknown !== undefined)
    throw new Error(`--only is "${unknown}", but the parts are ${benchParts.join(', ')}. Give one of them.`);
  return asked.length === 0 ? benchParts : benchParts.filter((part) => asked.includes(part));
};

const readOptions = (): Options => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      check: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  if (values.short && values.long)
    throw new Error('--short and --long exclude each other: give one of them.');
  const form = values.short ? 'short' : values.long ? 'long' : 'normal';
  return {
    form,
    parts: readParts(values.only),
    check: values.check,
    profileFolder: values.profile ?? null,
  };
};

// Leaving ends the processes that are still there: each one's end hangs on this process's exit.
process.on('SIGINT', () => process.exit(exitCodes.interrupted));
process.on('SIGTERM', () => process.exit(exitCodes.terminated));

try {
  const { form, parts, check, profileFolder } = readOptions();
  const record = await runBench({
    form: benchForms[form],
    parts,
    profileFolder,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const file = await writeBenchRecord(record);
  process.stdout.write(`${describeBench(record)}\n${file}\n`);
  if (check && record.goals.some(({ met }) => met === false)) process.exitCode = exitCodes.missed;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodes.notMeasured;
}
