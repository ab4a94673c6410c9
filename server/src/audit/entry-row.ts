import { chainedFromDatabase, type ChainedColumns } from '../chain/trail';

/** An entry as its row has it. What names somebody or something is in `sealed` only. */
export interface EntryRow extends ChainedColumns {
  id: string;
  action: string;
  actor_type: string;
  actor_ref: string;
  target_type: string;
  target_ref: string;
  site: string;
  outcome: string;
  method: string;
  route: string;
  request: string;
  changes: string;
  detail: string;
  sealed: string;
}

export const ENTRY_COLUMNS = [
  'id',
  'recorded_at_ms',
  'segment',
  'seq',
  'sealed_seq',
  'action',
  'actor_type',
  'actor_ref',
  'target_type',
  'target_ref',
  'site',
  'outcome',
  'method',
  'route',
  'request',
  'changes',
  'detail',
  'sealed',
  'previous_hash',
  'hash',
  'seal',
] as const satisfies readonly (keyof EntryRow)[];

/** What the hash is taken of: every column that says something, in this order, as JSON. */
export const contentOf = (row: Omit<EntryRow, 'previous_hash' | 'hash' | 'seal'>): string =>
  JSON.stringify([
    'audit 1',
    row.segment,
    row.seq,
    row.sealed_seq,
    row.id,
    row.recorded_at_ms,
    row.action,
    row.actor_type,
    row.actor_ref,
    row.target_type,
    row.target_ref,
    row.site,
    row.outcome,
    row.method,
    row.route,
    row.request,
    row.changes,
    row.detail,
    row.sealed,
  ]);

export const fromDatabase = (row: EntryRow): EntryRow => ({ ...row, ...chainedFromDatabase(row) });

/** What of an entry is sealed, each with the key of whom or what it names. */
export interface SealedParts {
  actor?: string;
  target?: string;
}

/** What is sealed with the actor's key. */
export interface ActorPart {
  id: string | null;
  name: string | null;
  address?: string;
}

/** What is sealed with the target's key. */
export interface TargetPart {
  id: string | null;
  label: string | null;
}

/** What a part is sealed for, so that parts cannot be swapped. */
export const partContext = (id: string, part: keyof SealedParts): string => `audit ${id} ${part}`;
