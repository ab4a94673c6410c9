import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { EncryptedAttribute } from './encrypted-attribute';
import type { StoredValue } from './sealed-value';

const BATCH_ROWS = 200;

/** Where the values of an attribute lie. */
export const columnOf = (strapi: Core.Strapi, { uid, name }: Pick<EncryptedAttribute, 'uid' | 'name'>) => {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const attribute = attributes[name]!;
  return { table: tableName, column: ('columnName' in attribute && attribute.columnName) || name };
};

/** A value as Strapi's database layer would read it: some drivers parse JSON themselves. */
export const readJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/**
 * Walks through all values of a column that are there, in batches of a transaction each, in which the rows are locked:
 * nothing that is saved meanwhile is lost, and after a failure it can begin again.
 *
 * @param change the value to write, or the same one for none
 * @returns how many values were written
 */
export const changeColumn = async (
  strapi: Core.Strapi,
  { table, column }: { table: string; column: string },
  change: (value: unknown, row: Record<string, unknown>) => unknown,
  more: string[] = [],
): Promise<number> => {
  let written = 0;
  let last = 0;
  for (;;) {
    const rows = await strapi.db.connection.transaction(async (trx: Knex.Transaction) => {
      const of = () => strapi.db.getConnection(table).transacting(trx);
      const found: Record<string, unknown>[] = await of()
        .select('id', column, ...more)
        .where('id', '>', last)
        .whereNotNull(column)
        .orderBy('id')
        .limit(BATCH_ROWS)
        .forUpdate();
      for (const row of found) {
        const next = change(row[column], row);
        if (next === row[column]) continue;
        await of()
          .where({ id: row.id })
          .update({ [column]: next });
        written += 1;
      }
      return found;
    });
    if (rows.length < BATCH_ROWS) return written;
    last = Number(rows.at(-1)!.id);
  }
};

/** As a driver takes a stored value. */
export const columnValue = (stored: StoredValue): string =>
  typeof stored === 'string' ? stored : JSON.stringify(stored);
