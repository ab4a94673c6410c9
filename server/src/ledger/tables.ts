import { trailTables, verificationTable } from '../chain/tables';
import type { Trail } from '../chain/trail';
import type { Dialect, OwnTable } from '../database/own-tables';

/** The consents, append-only. */
export const CONSENTS = 'privacy_desk_consents';
/** Whose a consent is, and the key of its personal parts: apart, so that it can be destroyed. */
export const SUBJECTS = 'privacy_desk_consent_subjects';
/** Keyed hashes of erased subjects and consents: a queued retry must not bring a record back. */
export const TOMBSTONES = 'privacy_desk_tombstones';
/** The segments of the chain, one per writer process and site. */
export const SEGMENTS = 'privacy_desk_segments';
export const CHECKPOINTS = 'privacy_desk_checkpoints';
/** How often what was decided, per day; in these and the impressions is no person, so they outlive the consents. */
export const COUNTS = 'privacy_desk_consent_counts';
/** How often the banner was shown, per day. */
export const IMPRESSIONS = 'privacy_desk_impressions';
/** Runs of `verify` from the admin panel. */
export const VERIFICATIONS = 'privacy_desk_verifications';

/** What a counter is of; `locale` and `regime` are those of the config version. */
const countedBy = [
  // Each process adds to rows of its own, so that instances do not wait for each other; sums of past days: `-`.
  'writer varchar(22) not null',
  'site varchar(64) not null',
  // Days since 1970, UTC, by the server's clock.
  'day integer not null',
  'config_version varchar(64) not null',
  'locale varchar(64) not null',
  'regime varchar(16) not null',
];

/**
 * By day, as they are read. On MySQL by writer: rows of one writer have to lie together there, or its gap locks would make
 * writers wait for each other.
 */
const countsKey = (client: Dialect['client'], ...more: string[]): string =>
  client === 'mysql'
    ? `primary key (${['writer', 'site', 'day', 'config_version', ...more].join(', ')})`
    : `primary key (${['site', 'day', 'config_version', ...more, 'writer'].join(', ')})`;

const primaryKey = {
  // New rows come at the end of the table; the index on it is what the lookup by id needs.
  sqlite: 'primary key (id, decided_at_ms)',
  postgres: 'primary key (id, decided_at_ms)',
  // InnoDB keeps the rows in the order of the primary key: by time, new ones come at the end.
  mysql: 'primary key (decided_at_ms, id)',
};

export const CONSENT_TRAIL: Trail = { rows: CONSENTS, segments: SEGMENTS, checkpoints: CHECKPOINTS };

export const ledgerTables = (dialect: Dialect): OwnTable[] => [
  {
    name: CONSENTS,
    columns: [
      'id varchar(36) not null',
      'decided_at_ms bigint not null',
      'recorded_at_ms bigint not null',
      'segment varchar(22) not null',
      'seq bigint not null',
      // seq of the last row of the same group commit, which has the signature.
      'sealed_seq bigint not null',
      'site varchar(64) not null',
      'locale varchar(35) not null',
      'config_version varchar(64) not null',
      'source varchar(16) not null',
      // JSON as it is hashed.
      `choices ${dialect.text} not null`,
      `details ${dialect.text} not null`,
      'subject_ref varchar(22) not null',
      `previous_hash ${dialect.hash} not null`,
      `hash ${dialect.hash} not null`,
      // <key id>.<signature>
      'seal varchar(160)',
      primaryKey[dialect.client],
    ],
    indexes: {
      privacy_desk_consents_chain: ['segment', 'seq'],
      privacy_desk_consents_time: ['site', 'decided_at_ms'],
      ...(dialect.client === 'mysql' && { privacy_desk_consents_id: ['id'] }),
    },
    options: dialect.client === 'postgres' ? 'partition by range (decided_at_ms)' : '',
  },
  {
    name: SUBJECTS,
    columns: [
      'subject_hash varchar(22) not null',
      'consent_id varchar(36) not null',
      'decided_at_ms bigint not null',
      // 1: the subject's first consent, whose token opens the whole history.
      'first_of_subject integer not null',
      // With it, subject_ref of the consent follows from subject_hash; without it, nothing does.
      'nonce varchar(22) not null',
      `sealed_key ${dialect.text}`,
      'primary key (subject_hash, consent_id)',
    ],
    // The way from a consent to its subject: by time, so that new entries come at the index's end.
    indexes: { privacy_desk_consent_subjects_time: ['decided_at_ms'] },
    options: dialect.client === 'sqlite' ? 'without rowid' : '',
  },
  {
    name: TOMBSTONES,
    columns: ['hash varchar(22) not null primary key', 'erased_at_ms bigint not null'],
  },
  ...trailTables(CONSENT_TRAIL, dialect),
  {
    name: COUNTS,
    columns: [
      ...countedBy,
      'source varchar(16) not null',
      // Empty: decisions, whatever they were; `granted` is their number.
      'category varchar(64) not null',
      'granted bigint not null',
      'refused bigint not null',
      countsKey(dialect.client, 'source', 'category'),
    ],
    indexes: dialect.client === 'mysql' ? { privacy_desk_consent_counts_day: ['site', 'day'] } : {},
    // On PostgreSQL with room to update rows in place.
    options: { sqlite: 'without rowid', postgres: 'with (fillfactor = 50)', mysql: '' }[dialect.client],
  },
  {
    name: IMPRESSIONS,
    columns: [
      ...countedBy,
      'sampled bigint not null',
      'estimated double precision not null',
      countsKey(dialect.client),
    ],
    indexes: dialect.client === 'mysql' ? { privacy_desk_impressions_day: ['site', 'day'] } : {},
  },
  verificationTable(VERIFICATIONS, dialect),
];
