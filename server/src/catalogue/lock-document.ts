import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { CatalogueUid } from '../constants';

/** Nobody else changes the document until the transaction ends; SQLite lets only one write anyway. */
export const lockDocument = async (
  strapi: Core.Strapi,
  uid: CatalogueUid,
  documentId: string,
  trx: Knex.Transaction,
): Promise<void> => {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const attribute = attributes.documentId!;
  const column = ('columnName' in attribute && attribute.columnName) || 'documentId';
  await strapi.db.getConnection(tableName).select('id').where(column, documentId).forUpdate().transacting(trx);
};
