import type { Core } from '@strapi/strapi';
import { changeColumn, columnOf, columnValue, readJson } from './columns';
import type { EncryptedAttribute } from './encrypted-attribute';
import { isStored, type FieldCipher } from './sealed-value';

/** What became of the values of a field. */
export interface EncryptedField {
  field: string;
  /** Plain values that are encrypted now. */
  encrypted: number;
  /** Encrypted values that got the blind index they are to have now. */
  indexed: number;
  /** Encrypted values that no key opens. */
  unreadable: number;
}

/**
 * Encrypts what is still plain text in the columns of encrypted fields, and brings blind indexes up to date: after a
 * field's type or options were changed, or data came from another Strapi. It can be repeated after a failure.
 */
export const encryptExisting = async (
  strapi: Core.Strapi,
  cipher: FieldCipher,
  attributes: readonly EncryptedAttribute[],
): Promise<EncryptedField[]> => {
  const report: EncryptedField[] = [];
  for (const attribute of attributes) {
    const done = { field: `${attribute.uid}.${attribute.name}`, encrypted: 0, indexed: 0, unreadable: 0 };
    const isJson = attribute.kind === 'encrypted-json';
    await changeColumn(strapi, columnOf(strapi, attribute), (column) => {
      const value = isJson ? readJson(column) : column;
      if (value === null) return column;
      if (!isStored(value)) {
        done.encrypted += 1;
        return columnValue(cipher.seal(attribute, value));
      }
      try {
        const stored = cipher.reindexed(attribute, value);
        if (stored === value) return column;
        done.indexed += 1;
        return columnValue(stored);
      } catch {
        done.unreadable += 1;
        return column;
      }
    });
    report.push(done);
  }
  return report;
};

/** Fields whose columns still hold something that is not encrypted. */
export const findPlain = async (
  strapi: Core.Strapi,
  attributes: readonly EncryptedAttribute[],
): Promise<EncryptedAttribute[]> => {
  const found: EncryptedAttribute[] = [];
  for (const attribute of attributes) {
    const { table, column } = columnOf(strapi, attribute);
    // Both kinds of columns as text; what is encrypted contains nothing that LIKE knows.
    const text = strapi.db.dialect.client === 'mysql' ? 'cast(?? as char)' : 'cast(?? as text)';
    const begins = attribute.kind === 'encrypted-json' ? ['{"sealed":%"1.%"}', '{"sealed":%"b.%"}'] : ['1.%', 'b.%'];
    const row: unknown = await strapi.db
      .getConnection(table)
      .whereNotNull(column)
      .whereRaw(`not (${text} like ? or ${text} like ?)`, [column, begins[0]!, column, begins[1]!])
      .first('id');
    if (row) found.push(attribute);
  }
  return found;
};
