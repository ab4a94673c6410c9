import type { AuditActorType, AuditParty } from '../../../contract';
import { open, type SealingKey } from '../keys/seal';
import { partContext, type ActorPart, type EntryRow, type SealedParts, type TargetPart } from './entry-row';

export type Keys = ReadonlyMap<string, SealingKey | null>;

/** What people are kept as; whoever reads what an entry says of one is recorded. Persons found by an address or a visitor's id are `person`. */
const PERSONS: readonly string[] = ['plugin::users-permissions.user', 'person', 'subject'];

/** Whether an entry names somebody who is neither an administrator nor a program. */
export const namesPerson = ({ actor_type, actor_ref, target_type }: EntryRow): boolean =>
  (actor_ref !== '' && ['user', 'visitor'].includes(actor_type)) || PERSONS.includes(target_type);

const party = (
  row: EntryRow,
  part: keyof SealedParts,
  keys: Keys,
  withhold: boolean,
): Pick<AuditParty, 'ref' | 'state' | 'id' | 'name' | 'address'> => {
  const ref = row[`${part}_ref`];
  const nobody = { ref: ref || null, id: null, name: null };
  const sealed = (JSON.parse(row.sealed) as SealedParts)[part];
  if (!ref || !sealed) return { ...nobody, state: 'none' };
  const key = keys.get(ref);
  if (key === undefined) return { ...nobody, state: 'erased' };
  if (withhold) return { ...nobody, state: 'withheld' };
  try {
    const opened = JSON.parse(open(key!, sealed, partContext(row.id, part)).toString()) as Partial<
      ActorPart & TargetPart
    >;
    const { id = null, name, label, address } = opened;
    return { ref, state: 'named', id, name: name ?? label ?? null, ...(address && { address }) };
  } catch {
    return { ...nobody, state: 'unreadable' };
  }
};

/**
 * Who acts, by the keys that are there.
 *
 * @param all whether persons are named, too
 */
export const actorOfRow = (row: EntryRow, keys: Keys, all: boolean): AuditParty & { type: AuditActorType } => ({
  type: row.actor_type as AuditActorType,
  ...party(row, 'actor', keys, !all && ['user', 'visitor'].includes(row.actor_type)),
});

/** What it is done to; null: nothing in particular. */
export const targetOfRow = (row: EntryRow, keys: Keys, all: boolean): AuditParty | null =>
  row.target_type === ''
    ? null
    : { type: row.target_type, ...party(row, 'target', keys, !all && PERSONS.includes(row.target_type)) };
