/** Where agents wait for each other: when all their openings are decided, and when all their holds are over. */
export type Stage = 'opened' | 'held';

/** Lets agents go on together: says so, once per stage, when as many as there are have reached it. */
export class MeetingPoint {
  readonly #expected: number;
  readonly #onComplete: (stage: Stage) => void;
  readonly #present: Record<Stage, number> = { opened: 0, held: 0 };

  constructor(expected: number, onComplete: (stage: Stage) => void) {
    this.#expected = expected;
    this.#onComplete = onComplete;
  }

  reach(stage: Stage): void {
    this.#present[stage] += 1;
    if (this.#present[stage] === this.#expected) this.#onComplete(stage);
  }
}
