import { randomBytes } from 'node:crypto';
import type { StorageRow } from './validation';

const identity = ({ name, match = 'exact', kind, domain }: Partial<StorageRow>): string =>
  JSON.stringify([name, match, kind, domain || null]);

/**
 * Rows with an id each: a row that comes without one, from an import or a script, gets the id of the known row
 * that it describes, or else a new one. Values that are no rows are left for validation to complain about.
 */
export const identifyRows = (given: unknown[], known: StorageRow[]): unknown[] => {
  const taken = new Set(given.map((row) => (row as Partial<StorageRow> | null)?.id));
  const free = new Map(known.filter(({ id }) => !taken.has(id)).map((row) => [identity(row), row.id]));
  return given.map((row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row) || (row as Partial<StorageRow>).id) return row;
    const found = free.get(identity(row));
    free.delete(identity(row));
    return { ...row, id: found ?? randomBytes(8).toString('hex') };
  });
};

/** Another language's rows after a save: the saved facts, and by row id the purposes which that language has. */
export const shareFacts = (saved: StorageRow[], other: StorageRow[]): StorageRow[] => {
  const purposes = new Map(other.map(({ id, purpose }) => [id, purpose]));
  return saved.map(({ purpose: _, ...facts }) => {
    const purpose = purposes.get(facts.id);
    return purpose ? { ...facts, purpose } : facts;
  });
};

/** The rows of a language that an item is newly translated to: what it brings, and the others' rows which it does not mention. */
export const inheritRows = (given: StorageRow[], other: StorageRow[]): StorageRow[] => {
  const mentioned = new Set(given.map(({ id }) => id));
  return [...given, ...shareFacts(other, []).filter(({ id }) => !mentioned.has(id))];
};
