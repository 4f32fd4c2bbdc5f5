import type { OpenedAttempt } from '../connection/attempt.ts';

/** Whether a connection is to stay open by the plan: it neither cuts it nor keeps it from reading. */
export const isMeantToStay = ({ wasCut, slowReading }: OpenedAttempt): boolean =>
  wasCut !== true && slowReading === undefined;
