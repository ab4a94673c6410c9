import type { Core } from '@strapi/strapi';
import type { CatalogueUid } from '../constants';

/** The table of a type, and the column of an attribute. */
export const tableOf = (strapi: Core.Strapi, uid: CatalogueUid) => {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const column = (name: string): string => {
    const attribute = attributes[name]!;
    return ('columnName' in attribute && attribute.columnName) || name;
  };
  return { tableName, column };
};
