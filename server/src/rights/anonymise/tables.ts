import type { Dialect, OwnTable } from '../../database/own-tables';

/** How far a run has come, by step; there only while one is under way or was interrupted. */
export const PROGRESS = 'privacy_desk_anonymisation';
/** Keyed hashes of what was overwritten, to look for afterwards; removed with the progress. */
export const ORIGINALS = 'privacy_desk_anonymisation_originals';

export const anonymisationTables = ({ text, bytes }: Dialect): OwnTable[] => [
  {
    name: PROGRESS,
    columns: [
      'step varchar(191) not null primary key',
      // JSON
      `state ${text} not null`,
    ],
  },
  {
    name: ORIGINALS,
    columns: [
      // Of the step, and the last row of the batch.
      'step varchar(191) not null',
      'last_id bigint not null',
      `hashes ${bytes} not null`,
      'primary key (step, last_id)',
    ],
  },
];
