import type { Dialect, OwnTable } from '../../database/own-tables';

/** What only the controller knows of its processings. */
export const RECORD_DETAILS = 'privacy_desk_record_details';

export const recordTables = ({ text }: Dialect): OwnTable[] => [
  {
    name: RECORD_DETAILS,
    columns: [
      // Of a record, or `organisation`.
      'record_key varchar(191) not null primary key',
      // JSON of ActivityDetails or OrganisationDetails.
      `details ${text} not null`,
      'changed_at_ms bigint not null',
    ],
  },
];
