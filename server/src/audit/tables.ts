import { chainedColumns, trailTables, verificationTable } from '../chain/tables';
import type { Trail } from '../chain/trail';
import type { Dialect, OwnTable } from '../database/own-tables';

/** What was done, append-only. */
export const ENTRIES = 'privacy_desk_audit';
/** The keys of names and ids in the entries, one per person and thing: apart, so that they can be destroyed. */
export const PEOPLE = 'privacy_desk_audit_people';

/** Runs of `verify` from the admin panel. */
export const VERIFICATIONS = 'privacy_desk_audit_verifications';

export const AUDIT_TRAIL: Trail = {
  of: 'audit',
  rows: ENTRIES,
  segments: 'privacy_desk_audit_segments',
  checkpoints: 'privacy_desk_audit_checkpoints',
};

/** Segments of the audit trail belong to no site: what is done may concern none, or all. */
export const NO_SITE = '(audit)';

export const auditTables = (dialect: Dialect): OwnTable[] => [
  {
    name: ENTRIES,
    columns: [
      'id varchar(36) not null',
      ...chainedColumns(dialect),
      'action varchar(64) not null',
      'actor_type varchar(16) not null',
      // Of `PEOPLE`; empty: nobody in particular.
      'actor_ref varchar(22) not null',
      'target_type varchar(128) not null',
      'target_ref varchar(22) not null',
      'site varchar(64) not null',
      'outcome varchar(8) not null',
      'method varchar(8) not null',
      'route varchar(255) not null',
      'request varchar(64) not null',
      // JSON as it is hashed.
      `changes ${dialect.text} not null`,
      `detail ${dialect.text} not null`,
      // JSON of `SealedParts`.
      `sealed ${dialect.text} not null`,
      'primary key (segment, seq)',
    ],
    indexes: {
      privacy_desk_audit_time: ['recorded_at_ms', 'id'],
      privacy_desk_audit_actor: ['actor_ref', 'recorded_at_ms'],
      privacy_desk_audit_target: ['target_ref', 'recorded_at_ms'],
      privacy_desk_audit_action: ['action', 'recorded_at_ms'],
      privacy_desk_audit_kind: ['target_type', 'recorded_at_ms'],
      privacy_desk_audit_request: ['request'],
      privacy_desk_audit_id: ['id'],
    },
  },
  {
    name: PEOPLE,
    columns: [
      'ref varchar(22) not null primary key',
      // Keyed hash of who or what it is; of one erased: random.
      'person_hash varchar(22) not null',
      `sealed_key ${dialect.text} not null`,
      'created_at_ms bigint not null',
      'erased_at_ms bigint',
    ],
    indexes: { privacy_desk_audit_people_hash: ['person_hash'] },
  },
  ...trailTables(AUDIT_TRAIL, dialect),
  verificationTable(VERIFICATIONS, dialect),
];
