import type { Dialect, OwnTable } from '../database/own-tables';

/** Which visitors' ids a user of users-permissions has shown to be theirs. */
export const USER_SUBJECTS = 'privacy_desk_user_subjects';
/** Erasures, without whom they were of. */
export const ERASURES = 'privacy_desk_erasures';

export const rightsTables = ({ text }: Dialect): OwnTable[] => [
  {
    name: USER_SUBJECTS,
    columns: [
      'user_id integer not null',
      'subject_hash varchar(22) not null',
      `sealed_subject ${text}`,
      'linked_at_ms bigint not null',
      'primary key (user_id, subject_hash)',
    ],
    indexes: { privacy_desk_user_subjects_hash: ['subject_hash'] },
  },
  {
    name: ERASURES,
    columns: [
      'id varchar(36) not null primary key',
      'state varchar(16) not null',
      'origin varchar(16) not null',
      'started_at_ms bigint not null',
      'finished_at_ms bigint',
      // JSON of the ErasureItems.
      `items ${text} not null`,
      // Whom it is of, sealed, until the transaction is committed; then the files that are left to remove.
      `sealed_work ${text}`,
      'files_left integer not null',
      'notices_left integer not null',
      `failure ${text}`,
      `proof ${text}`,
    ],
    indexes: { privacy_desk_erasures_started: ['started_at_ms'] },
  },
];
