/** Turns the parsed record of one version into the next one's. */
export type Migration = (record: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** By the version they start from; version 1 is the first, so there is none yet. */
export const migrations: ReadonlyMap<number, Migration> = new Map();
