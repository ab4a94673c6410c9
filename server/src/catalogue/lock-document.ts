import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { CatalogueUid } from '../constants';
import { tableOf } from '../database/table-of';

/** Nobody else changes the document until the transaction ends; SQLite lets only one write anyway. */
export const lockDocument = async (
  strapi: Core.Strapi,
  uid: CatalogueUid,
  documentId: string,
  trx: Knex.Transaction,
): Promise<void> => {
  const { tableName, column } = tableOf(strapi, uid);
  await strapi.db
    .getConnection(tableName)
    .select(column('id'))
    .where(column('documentId'), documentId)
    .forUpdate()
    .transacting(trx);
};
