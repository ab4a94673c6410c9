import type { StorageEntry } from '../../../../contract';

/** A storage entry as the field keeps it: `id` is the same in all languages, `purpose` is the only thing that is not. */
export interface StorageRow extends StorageEntry {
  id: string;
}

export type StorageCell = Exclude<keyof StorageRow, 'id'>;

/** An id that no other row has. Not `crypto.randomUUID`, which admin panels served over plain http lack. */
const mintId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export const newRow = (): StorageRow => ({ id: mintId(), name: '', match: 'exact', kind: 'cookie' });

/** The rows of a field's value; one that was written by other means and lacks an id gets one. */
export const rowsOf = (value: unknown): StorageRow[] =>
  Array.isArray(value) ? value.map((row: StorageRow) => (row.id ? row : { ...row, id: mintId() })) : [];
