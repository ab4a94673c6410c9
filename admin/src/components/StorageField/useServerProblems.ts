import { useMemo } from 'react';
import type { StorageCell, StorageRow } from './StorageRow';

type CellMessages = Partial<Record<StorageCell, string>>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * What the server said about the cells of a refused save (`storage[2].name`).
 * It speaks of the rows as they were sent: a message follows its row when rows are moved, and goes when its cell is edited.
 *
 * @param errors the form's errors below this field: by position, then by cell
 * @param sentRows the rows as the editor left them
 */
export const useServerProblems = (
  errors: unknown,
  sentRows: () => StorageRow[],
): ((row: StorageRow) => CellMessages) => {
  const refused = useMemo(() => {
    const messages = new Map<string, { row: StorageRow; cells: CellMessages }>();
    if (!isObject(errors)) return messages;
    const sent = sentRows();
    for (const [index, cells] of Object.entries(errors)) {
      const row = sent[Number(index)];
      if (row && cells)
        messages.set(row.id, { row, cells: typeof cells === 'string' ? { name: cells } : (cells as CellMessages) });
    }
    return messages;
    // Only new errors speak of rows that were just sent.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [errors]);
  return (row) => {
    const said = refused.get(row.id);
    const cells = Object.entries(said?.cells ?? {}) as [StorageCell, string][];
    return Object.fromEntries(cells.filter(([cell]) => said!.row[cell] === row[cell]));
  };
};
