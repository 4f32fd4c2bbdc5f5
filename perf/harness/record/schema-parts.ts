import { z } from 'zod';

/** A number of things. */
export const count = z.int().nonnegative();

/** Any finite number. */
export const figure = z.number();

/** Any finite number, or null where there was nothing to take it from. */
export const figureOrNull = figure.nullable();

/** ISO 8601, UTC. */
export const instant = z.iso.datetime();
