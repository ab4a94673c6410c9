import type { Core } from '@strapi/strapi';
import type { CatalogueUid } from '../constants';

/** The table in which Strapi keeps a relation between rows, and its columns for this side and the other. */
export const joinTable = (strapi: Core.Strapi, uid: CatalogueUid, relation: string) => {
  const attribute = strapi.db.metadata.get(uid).attributes[relation];
  if (
    !attribute ||
    !('joinTable' in attribute) ||
    !attribute.joinTable ||
    !('inverseJoinColumn' in attribute.joinTable)
  )
    throw new Error(`${uid}.${relation} has no join table`);
  const { name, joinColumn, inverseJoinColumn } = attribute.joinTable;
  return { table: name, own: joinColumn.name, other: inverseJoinColumn.name };
};
