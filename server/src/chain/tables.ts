import type { Dialect, OwnTable } from '../database/own-tables';
import type { Trail } from './trail';

/** The columns of a row that place it in a chain (`ChainedColumns`). */
export const chainedColumns = ({ hash }: Dialect): string[] => [
  'recorded_at_ms bigint not null',
  'segment varchar(22) not null',
  'seq bigint not null',
  'sealed_seq bigint not null',
  `previous_hash ${hash} not null`,
  `hash ${hash} not null`,
  'seal varchar(160)',
];

/** The tables of a chain beside that of its rows. */
export const trailTables = ({ segments, checkpoints }: Trail, { text }: Dialect): OwnTable[] => [
  {
    name: segments,
    columns: [
      'segment varchar(22) not null primary key',
      'site varchar(64) not null',
      'started_at_ms bigint not null',
      // As the last checkpoint has it.
      'checkpoint_seq bigint not null',
      'closed_at_ms bigint',
    ],
    // When a checkpoint said that its rows are removed; they may still be on their way out.
    added: { purged_at_ms: 'bigint' },
  },
  {
    name: checkpoints,
    columns: [
      'number bigint not null primary key',
      `content ${text} not null`,
      'kid varchar(64) not null',
      'signature varchar(128) not null',
      'created_at_ms bigint not null',
    ],
  },
];

/** Runs of `verify` from the admin panel. */
export const verificationTable = (name: string, { text }: Dialect): OwnTable => ({
  name,
  columns: [
    'id varchar(36) not null primary key',
    'started_at_ms bigint not null',
    'finished_at_ms bigint',
    'status varchar(16) not null',
    // JSON of a `VerificationRunOf`.
    `content ${text} not null`,
  ],
});
