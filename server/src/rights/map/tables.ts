import type { Dialect, OwnTable } from '../../database/own-tables';

/** What was said in the panel of content types; config comes before it. */
export const PERSONAL_DATA_MAP = 'privacy_desk_personal_data_map';

export const mapTables = ({ text }: Dialect): OwnTable[] => [
  {
    name: PERSONAL_DATA_MAP,
    columns: [
      'uid varchar(191) not null primary key',
      // JSON of a TypeMapping; null: no personal data there.
      `mapping ${text}`,
      'changed_at_ms bigint not null',
    ],
  },
];
