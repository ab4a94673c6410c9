import type { Dialect, OwnTable } from '../database/own-tables';

/** Keys, each sealed with a master key, which itself is never here. */
export const KEYS = 'privacy_desk_keys';

export const keyTables = ({ text }: Dialect): OwnTable[] => [
  {
    name: KEYS,
    columns: [
      // check.<id of a master key>, secret.<name>, signing.<number>
      'id varchar(64) not null primary key',
      `sealed ${text} not null`,
      // Of signing keys: the public half as a JWK.
      `public_jwk ${text}`,
      'created_at_ms bigint not null',
    ],
  },
];
