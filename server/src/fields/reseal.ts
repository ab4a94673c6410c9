import type { Core } from '@strapi/strapi';
import type { SealedValues } from '../keys/service';
import { sealedWith } from '../keys/seal';
import { changeColumn, columnOf, columnValue, readJson } from './columns';
import type { EncryptedAttribute } from './encrypted-attribute';
import { eachValue, isEntry, type FieldMaps } from './map';
import { splitStored, storedAs, storedText, type StoredValue } from './sealed-value';

/** Copies of former versions that the Content Manager keeps, where the edition has that. */
const HISTORY = { table: 'strapi_history_versions', column: 'data', type: 'content_type' };

/** What rotating the master key has to seal anew: the encrypted attributes, and the copies in the history. */
export const createSealedFields = (
  strapi: Core.Strapi,
  maps: FieldMaps,
  attributes: readonly EncryptedAttribute[],
): SealedValues => ({
  async reseal(activeKeyId, reseal) {
    const anew = (attribute: EncryptedAttribute, value: unknown): StoredValue | null => {
      const text = storedText(value);
      if (text === null) return null;
      const { index, sealed } = splitStored(text);
      if (sealedWith(sealed) === activeKeyId) return null;
      return storedAs(attribute, index + reseal(sealed, attribute.context));
    };

    let count = 0;
    for (const attribute of attributes) {
      const isJson = attribute.kind === 'encrypted-json';
      count += await changeColumn(strapi, columnOf(strapi, attribute), (value) => {
        const stored = anew(attribute, isJson ? readJson(value) : value);
        return stored === null ? value : columnValue(stored);
      });
    }

    if (attributes.length === 0 || !(await strapi.db.getSchemaConnection().hasTable(HISTORY.table))) return count;
    const change = (value: unknown, row: Record<string, unknown>): unknown => {
      const map = maps.get(String(row[HISTORY.type]));
      const data = readJson(value);
      if (!map || !isEntry(data)) return value;
      let changed = false;
      eachValue(maps, map, data, (attribute, entry, kept) => {
        const stored = anew(attribute, kept);
        if (stored === null) return;
        entry[attribute.name] = stored;
        changed = true;
      });
      return changed ? JSON.stringify(data) : value;
    };
    return count + (await changeColumn(strapi, HISTORY, change, [HISTORY.type]));
  },
});
