import type { CapacityRecord } from '../../harness/record/run-record.ts';
import { levelColumns, levelRow } from '../capacity-lines.ts';
import { htmlTable } from './html-table.ts';
import type { Markup } from './markup.ts';

/** The levels that a search tried, in the order it did. */
export const capacityTable = ({ levels }: CapacityRecord): Markup =>
  htmlTable('Levels', levelColumns, levels.map(levelRow));
