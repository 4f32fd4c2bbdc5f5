import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CalibratedBurden } from './calibrate-burden.ts';

/** What head's server has that base's has not. */
export type Change = 'none' | 'burden';

/** One gate of a sitting. */
export interface GateEntry {
  readonly kind: 'gate';
  readonly bundleId: string;
  readonly change: Change;
  /** Counts the gates of its change, from 0. */
  readonly index: number;
  readonly seed: number;
  /** Busy work in each of head's handshakes, ms. */
  readonly burnMs: number;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly metrics: readonly {
    readonly name: string;
    readonly outcome: string;
    /** Natural logarithms; null where the gate stopped before there were any. */
    readonly estimate: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
  readonly blocks: number;
  readonly tookMs: number;
  /** Median connect time of base's blocks, ms. */
  readonly baseConnectMs: number;
  /** What all other processes used meanwhile, in cores; null where it can not be known. */
  readonly neighbourCores: number | null;
}

/** How much busy work the burdened gates of a sitting have. */
export interface CalibrationEntry extends CalibratedBurden {
  readonly kind: 'calibration';
  readonly bundleId: string;
}

type Entry = GateEntry | CalibrationEntry;

const linesOf = (file: string): readonly string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
};

const parse = (line: string): readonly Entry[] => {
  try {
    return [JSON.parse(line) as Entry];
  } catch {
    // The last line of a sitting that was interrupted may be half a line.
    return [];
  }
};

/** A file with one JSON line for each step of a sitting, so that one which was interrupted goes on where it was. */
export class AcceptanceJournal {
  readonly #file: string;
  readonly #entries: Entry[];

  constructor(file: string, bundleId: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.#entries = linesOf(file).flatMap(parse);
    const other = this.#entries.find((entry) => entry.bundleId !== bundleId);
    if (other !== undefined) {
      throw new Error(
        `${file} holds gates of another server (${other.bundleId}, but this one is ${bundleId}). Move it away, or name another file in PERF_ACCEPTANCE_JOURNAL.`,
      );
    }
    // What follows half a line would be lost with it.
    if (this.#entries.length > 0) appendFileSync(file, '\n');
  }

  get calibration(): CalibrationEntry | null {
    return this.#entries.findLast((entry) => entry.kind === 'calibration') ?? null;
  }

  /** The gates so far, oldest first. */
  get allGates(): readonly GateEntry[] {
    return this.#entries.filter((entry) => entry.kind === 'gate');
  }

  /** The gates of a change, as many as there are. */
  gates(change: Change): readonly GateEntry[] {
    return this.allGates.filter((gate) => gate.change === change);
  }

  append(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#entries.push(entry);
  }
}
